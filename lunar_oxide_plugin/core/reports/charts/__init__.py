"""Charts as SVG, drawn without a plotting library and styled by the page's style sheet."""
