import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './style/base.css';
import './style/controls.css';
import './style/feed.css';
import './style/menu.css';
import './style/page.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root".');
createRoot(root).render(<App />);
