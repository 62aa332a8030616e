import './elements.ts';
import { Panel } from './panel.ts';
import { parseWords } from './words.ts';

const root = document.getElementById('relay');
if (root !== null) new Panel(root, root.dataset['uri'] ?? '', parseWords(root.dataset['words'] ?? '{}')).start();
