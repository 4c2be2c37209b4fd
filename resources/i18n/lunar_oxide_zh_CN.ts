<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>LunarOxide</name>
    <message>
      <source>A bundled model or one of your own from the models page. kaguya_mi is trained on all 56 stations; kaguya_mi_before_ce6 has never seen Chang'e-6, so that its prediction there is blind.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A model file (.onnx) from anywhere; used instead of the model above.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A raster made by 'Predict oxides'; its bands are found by their descriptions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add sample sites</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adding the sample sites ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adds the sites where Apollo, Luna and Chang'e missions collected soil, with the six oxides measured in the laboratory (wt%), how well each position is known, and who published it. Apollo 12's eight numbered rows are fines below 37 micrometres, which are 1-2 wt% poorer in FeO and 2-3 wt% richer in Al2O3 than bulk soil.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All pixels of the output.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asking {index} ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic uses the processor's cores and about a gigabyte. The numbers do not depend on threads or memory. The package index is asked only when you install.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS gives {0} band number(s) but the model needs {1}, for {2}, in this order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS gives {0} band numbers; {1} formulas use at most {2}: {3} nm.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS names band {0} but the raster has bands 1 to {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {0} of {1} cannot be read at rows {2}-{3}: {4}; the file may be truncated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands, in the formulas' order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands, in the model's order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>COLUMNS has {0}, which is not understood: write what a column holds and its name, e.g. FeO=iron; Ti (ppm)=XRF titanium.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>COLUMNS names the column {0} but the sites have {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV files (*.csv)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled: no output was left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled: nothing was installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled: nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Card</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check a model file (.onnx) and keep a copy in your profile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check predictions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checked sites</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checking against measured soil ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checking and unpacking {file}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checking model {file}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checking {file} ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Citation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Columns of the sites</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compares predicted oxides with those measured at sample sites: points with residuals, a report with plots and metrics, and a table. For each site it says whether the model was trained on it: agreement there is fitted, and only unseen sites validate. Sites outside the raster or on nodata are listed, never dropped silently.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy diagnostics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Default model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete {path}? Maps made with it stay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dialogs start with this model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Domain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done. The report compares the maps with measured soil: the model was trained on these sites, so it shows the fit and validates nothing. The files lie in {folder}, which QGIS deletes when it closes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fetching {file} from {source}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fitted, not validated: {protocol}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For each oxide (e.g. RMSE_TIO2), over all compared sites, in wt% (R2 without unit). The report gives them for seen and unseen sites apart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From wheel file ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GeoTIFF with 14 bands: six oxides (wt%), their six sigmas (wt%; the 90 % interval is 1.645 sigma to either side), domain distance (above 1: unlike the training spectra) and quality flags (0: good; 2 shadow, 4 saturated, 8 outside the training domain, 16 outside the physical range, 32 implausible sum of oxides; they add up).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GeoTIFF with one band for each parameter that the raster's bands allow. The dataset's tags hold each formula, its source and where it is valid.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Geometry</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ground truth of your own: points or polygons in a lunar CRS, or a table with latitude and longitude in degrees, with columns named after the oxides (FeO, FeO_wt, FeOT ...; wt%) or elements (Fe, Ti_ppm ...), and their uncertainties (FeO_sigma, FeO_err) where known. The log says which column was taken as what. In a polygon the median of its pixels is compared. Leave empty for the bundled Apollo, Luna and Chang'e sites.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Installing {package}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Into</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Licence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking up {package}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lunar Oxide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lunar Oxide: Python packages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lunar longitudes and latitudes cannot be projected into the raster's CRS: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Maps TiO2, FeO, Al2O3, MgO, CaO and SiO2 (wt%) from lunar reflectance with a convolutional network trained on returned samples. Each oxide comes with a calibrated uncertainty; each pixel with its distance to the training spectra and quality flags. The bundled models take Kaguya/SELENE Multiband Imager reflectance at the standard geometry (i=30, e=0, g=30), as in MI_MAP products; reflectance of other sensors differs and must not be fed to them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Maps of TiO2, FeO, Al2O3, MgO, CaO and SiO2 from lunar reflectance, with their uncertainty, checked against returned soil. The demo loads a bundled scene of Taurus-Littrow (interpolated between published station spectra, not an observation), predicts it, adds the sample sites and opens the report.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Maps the classical spectral parameters of Kaguya MI or Clementine reflectance: FeO and TiO2 (wt%) from published formulas, optical maturity, band depths and ratios. They need no model and so give a second opinion on predicted oxides. Each formula holds for its own sensor only, and the wrong combination is refused. Where a formula has no meaning (shadow, negative angle) there is no value. Not reliable on steep slopes or beyond about 60 degrees latitude.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory of a prediction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missions whose sites to add; all by default.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models are kept in a QGIS profile, and there is none: give the file itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No Python interpreter was found beside {executable}, so that {package} cannot be tried safely and was not installed: copy the diagnostics and report this.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No raster band fits {0}: the nearest, band {1}{2}, is {3} nm away and the band is only {4} nm wide; use a raster that has it, or give BANDS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No validation figures: treat it as not validated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No {0}: the raster has no band at {1} nm.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of the {0} rows of sample sites can be used; the first: {1}, {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ONNX models (*.onnx)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Odd side of the square of pixels around each site; the median of its valid pixels is compared. The report says where a position is known less well than the window reaches.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of these, sites that the model was not trained on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only these files are installed, into your QGIS profile. What QGIS brings (numpy, GDAL, PROJ ...) is never changed. The package is tried in a separate Python first; if it does not work, everything stays as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only where column names do not tell, or two could be the same: what a column holds = its name, separated by semicolons, e.g. FeO=iron oxide; Ti (ppm)=XRF titanium.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the demo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the model's card: training, validation, failures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Origin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Package</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Package index</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Packages ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Packages are installed into a QGIS profile, and there is none: run this in QGIS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parameters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Part of the raster to map; leave empty for all of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels with FeO</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels with FeO and with TiO2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels with TiO2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels with a prediction.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Points cannot be turned into lunar longitude and latitude: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Points in lunar longitude and latitude (IAU_2015:30100).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Points with measured, predicted, sigma and residual (predicted minus measured) of each oxide in wt%, seen_in_training, quality and n_pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Predict oxides</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Predicted oxides</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Predicting six oxides ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Prediction needs the Python package onnxruntime, which QGIS's Python {version} cannot import ({reason}): install it with Lunar Oxide &gt; Packages in QGIS's menu, or with 'python3 -m pip install --no-deps onnxruntime' for that Python, and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Python packages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Python wheels (*.whl)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QGIS's Python lacks {packages}; without it nothing can be predicted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raster band numbers in the model's order (bundled models: 414, 749, 901, 950, 1001, 1049, 1248, 1548 nm). Leave empty to find them by wavelength or name; the log shows which was taken and how far it is off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raster band numbers in this order - MI: 414, 749, 950, 1049, 1248, 1548 nm; Clementine: 415, 750, 950 nm. Fewer give fewer parameters. Leave empty to find them by wavelength or name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raster band {0}{1} would serve both {2} and {3}: the raster lacks one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance (interpolated between stations)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance at i=30, e=0, g=30 degrees: an MI_MAP tile, a Clementine UVVIS mosaic, or any raster with wavelengths in its metadata or band names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers, replacing the bands' own scale (MI_MAP: 0.00002). Leave empty to use what the file says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers, replacing the bands' own scale (MI_MAP: 0.00002; Clementine UVVIS mosaic: 0.00013500004).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance offset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance raster: an MI_MAP tile (.lbl, or .img of version 2), a mosaic, or any raster with wavelengths in its metadata or band names. Scale, offset and nodata of each band are applied; the MI codes for invalid pixels are masked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance scale</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance where the raster's number is zero, replacing the bands' own offset (Clementine UVVIS mosaic: 6.3422227e-8).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reflectance where the raster's number is zero, replacing the bands' own offset.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removed {folder}. Restart QGIS to be rid of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restart QGIS to use it in place of the one loaded before.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sample sites</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sample sites (bundled sites if empty)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Self-contained HTML report.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sensor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sensor used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set as default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings ...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show or hide the Lunar Oxide panel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show where the file is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sites</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sites compared.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Spectral parameters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Table</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The CRS of {0} cannot be written: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The bundled scene cannot be loaded: install the plugin again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The check was cancelled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The column {0} could hold all iron or ferric iron only: call it Fe2O3T if it is all iron, or give FeO.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The column {0} could hold {1} or percent of the value: call it {2}_sigma_wt, in {3}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The column {0} gives the uncertainty of {1} but {2} holds {3}: give both as the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The column {0} names two units or two kinds of error: name it like {1} ({2}) or {3}_sigma.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The columns {0} and {1} could both be {2}{3}: keep one of them, or say which with COLUMNS, e.g. {4}={5}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The columns {0} could both be the {1}: keep one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computation was cancelled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The demo needs {packages}: install it first (Packages ...).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The demo stopped: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The demo was stopped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The diagnostics are in the clipboard.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk of {folder} has {free} MB free and {needed} MB are needed: make room and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent {0}, {1}, {2}, {3} does not meet {4}: give it in the raster's CRS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer of sample sites is empty: choose one with sites.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The menu Raster &gt; Lunar Oxide brings the welcome back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model file {0} cannot be read: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model has seen every compared site in training, or its training is unknown: these figures show the fit and validate nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model {0} does not describe its bands: give BANDS, the raster band numbers for its {1} inputs in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output folder {0} does not exist: create it or choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output is the input raster itself: choose another output file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output {0} cannot be written ({1}): check that the folder is writable, the disk has space and no other program holds the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output {0} must be a GeoTIFF: give a name that ends in .tif.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The prediction was cancelled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster has {0} band(s) but the model needs {1} ({2}): load a raster with all of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster says neither wavelengths nor band names that tell them: give BANDS, the raster band numbers for {0}, in this order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster {0} does not exist: check the path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same figures as CSV, skipped sites with their reason included.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sample site table {0} cannot be read: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sample site table {0} has no column {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sample site table {0} holds a bad number: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sensor whose formulas were used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sites have neither geometry nor columns latitude and longitude: add one of them (degrees, planetocentric latitude, east longitude).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sites have no oxide column among {0}: name them TiO2, FeO, Al2O3, MgO, CaO, SiO2 ({1}), or say which they are with COLUMNS, e.g. FeO=iron.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The spectra have no band at {0} nm.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The stations' spectra are all alike, so none is nearer than another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The stations' spectra do not have the model's band {0}: they know {1} nm, so nearest stations cannot be given for this model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The wavelengths of {0} do not tell whether it is Kaguya MI or Clementine: choose SENSOR. Formulas of one sensor give wrong numbers on another's reflectance, and there are none here for other sensors.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The window of {0} pixels must be odd and positive, e.g. 3.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The {0} {1} cannot be written ({2}); close it in other programs or choose another place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is already a model named {name} ({path}): remove it first, or rename the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model named {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model {name}: choose one of {all}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no network here: install from a wheel file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This file carries no description: which bands it takes, in which units, and how well it does is nobody's word but yours. It has no uncertainty and no domain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threads of a prediction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To be installed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Total pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training stations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trying {package} in a separate Python</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uncertainty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unexpected error ({error}); the log has the details.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unseen sites</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>User guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Valid pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Validated on stations not seen: {protocol}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Welcome and demo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Welcome to Lunar Oxide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wheel file of {package}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the reflectance comes from. By wavelength finds it: MI has 414 and 749 nm, Clementine 415 and 750 nm. A choice that contradicts the raster is refused.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Window (pixels, odd)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an uncertainty is negative</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>area from {0}, {1} pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>automatic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>bundled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>calibrated sigma</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>column {0} holds an infinite number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>distance to the training spectra</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>gives an output of shape {0} for {1} spectra; six oxides ({2}) a spectrum are needed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is not installed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its area spans {0} x {1} pixels, too many for a sample site: give a smaller polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>missing: QGIS's Python does not have it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none: the file tells no training range</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not told</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not told by the index</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>outside the raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>outside the raster's projection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>see Processing's log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the scale may have been applied twice, or this is another quantity; check SCALE</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there: QGIS's own Python has it; nothing to install</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>these look like percent; set SCALE to 0.01</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>these look like unscaled digital numbers; set SCALE (Kaguya MI_MAP products: 0.00002)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is no reflectance at i=30, e=0, g=30 of the Moon; check the product</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>training reflectance {low} to {high}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>your own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} cannot be opened as a raster: GDAL knows no format for it or the file is damaged ({1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} cannot be read at row {1}: {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} carries a description of {1} characters, which is no model description; use the file as its author published it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} describes the output(s) {1} but its graph gives {2}; use the file as its author published it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} describes {1} bands but its graph takes {2}; use the file as its author published it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} fails on a test spectrum: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} gives no finite numbers for an ordinary spectrum: its weights are damaged; use the file as its author published it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} gives sigma of shape {1}, not (6, n).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has a CRS of {1} (radius {2} km, the Moon's is 1737 km): assign the lunar CRS that its coordinates are in, e.g. IAU_2015:30100.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has a damaged description ({1}: {2}); use the file as its author published it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has a description that is not UTF-8 text.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has a median R950/R750 of {1}, which {2} does not ({3} to {4}): this looks like {5}, whose reflectance these coefficients must not be used on; check SENSOR and BANDS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has a median of {1} at 750 nm where {2} reflectance lies between {3} and {4}: check SCALE (reflectance is a fraction; MI_MAP products: 0.00002), or SENSOR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has a median of {1} in {2} where the model knows reflectance {3} to {4}: {5}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has an input of shape {1}; an oxide model takes [n, bands], [n, 1, bands] or [1, 1, bands, n] with a fixed number of bands and a free n.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has description schema {1} and this plugin reads {2}: update the plugin.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has latitude {1}: give degrees between -90 and 90.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has longitude {1}: give east longitude in degrees.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has no CRS, so nothing can be placed on it: assign the lunar CRS that its coordinates are in, e.g. IAU_2015:30110.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has no CRS: the maps are made on its pixel grid, but sites cannot be placed on them until a lunar CRS is assigned.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has no band described as {1} ({2}): choose a raster made by 'Predict oxides'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has the bands of {1}, and coefficients for {2} give wrong numbers on its reflectance: choose its own sensor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has two bands called {1}: it is no prediction raster of this plugin.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has {1} MB, too large for an oxide model (limit {2} MB); choose another file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} has {1} wt% {2}: give 0 to 100 wt%.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} in column {1} is no number (with a decimal point): correct or empty it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is not a usable ONNX model: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} lacks the bands of the {1} formulas ({2} nm): give BANDS, the raster band numbers in this order, if the raster does not name them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} needs reflectance at {1} nm and got none at {2} nm.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} of the {1} stations have a spectrum; at least {2} are needed to say which are near.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} predicts {1}; this plugin needs {2}, in this order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} reaches {1} degrees latitude: FeO, TiO2 and OMAT from angles are not reliable beyond about {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} takes {1} input(s) ({2}); an oxide model takes one float tensor of reflectance.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} takes {1}; this plugin feeds reflectance only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} cannot be unpacked into {folder} ({reason}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} did not arrive as the index describes it (interrupted or altered on the way): try again, or install from a wheel file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is a wheel of {found}, not of {wanted}: choose another file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is damaged or no wheel ({reason}): download it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is not made for this QGIS ({target}): get the wheel whose name has cp{major}{minor} and this system in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is not named as a wheel is (name-version-python-abi-platform.whl): choose a wheel file under the name it was published with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} cannot be written ({reason}): check its permissions, close other QGIS windows, and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} came with the plugin and stays; only your own models can be removed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} was checked and added.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} was removed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} stations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{package} cannot be removed ({reason}): restart QGIS and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{package} does not work in QGIS's Python ({reason}); it was removed again and nothing has changed: try another version from a wheel file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{package} needs {project} too, which QGIS's Python lacks: put its wheel file into the folder {folder} and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{package} {version} works and is ready.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{page} is not a page of a Python package index ({error}): check the address, and that no proxy or login page stands between.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{page} offers no {project} wheel for {target}: install from a wheel file made for it, or use a QGIS with another Python.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be deleted ({reason}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is no complete installation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} cannot be started to try {package} ({reason}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{share:.0%} of the predicted pixels lie outside the model's training domain: check that the raster is the sensor and product the model was trained for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{size} MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{source} cannot be copied to {target} ({reason}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{url} cannot be fetched ({reason}): check the connection and the proxy in QGIS's options (Network), or install from a wheel file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{valid} of {total} pixels predicted with {model}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{version}, in your profile</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
