/** Import names that differ from the name of what is installed: the most downloaded ones. Empty: too many to tell. */
export const PYPI_NAMES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['pyyaml'],
  PIL: ['pillow'],
  cv2: ['opencv-python', 'opencv-python-headless', 'opencv-contrib-python'],
  sklearn: ['scikit-learn'],
  skimage: ['scikit-image'],
  bs4: ['beautifulsoup4'],
  dateutil: ['python-dateutil'],
  dotenv: ['python-dotenv'],
  jwt: ['pyjwt'],
  git: ['gitpython'],
  attr: ['attrs'],
  pkg_resources: ['setuptools'],
  _pytest: ['pytest'],
  OpenSSL: ['pyopenssl'],
  Crypto: ['pycryptodome', 'pycrypto'],
  serial: ['pyserial'],
  MySQLdb: ['mysqlclient'],
  psycopg2: ['psycopg2-binary'],
  google: [],
  win32api: ['pywin32'],
  docx: ['python-docx'],
  magic: ['python-magic'],
  zmq: ['pyzmq'],
  tomli: [],
  typing_extensions: [],
  importlib_metadata: [],
};

/** The form in which PEP 503 compares names. */
export function plainPypi(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
