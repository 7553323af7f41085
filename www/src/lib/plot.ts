// Apart, so that the drawing library and its style sheet come in a file of their own.
import 'uplot/dist/uPlot.min.css';

export { default } from 'uplot';
