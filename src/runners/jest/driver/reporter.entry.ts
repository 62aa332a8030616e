/** Says nothing: the driver's events say it all. */
export default class Silent {
  getLastError(): undefined {
    return undefined;
  }
}
