<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>LunarOxide</name>
    <message>
      <source> (for the band order of {0} products {1})</source>
      <translation>（若为 {0} 产品的波段顺序，则为 {1}）</translation>
    </message>
    <message>
      <source> (if they stand in this order, {0})</source>
      <translation>（若波段按此顺序排列，则为 {0}）</translation>
    </message>
    <message>
      <source>! The raster fits, with doubts</source>
      <translation>! 栅格适用，但有疑问</translation>
    </message>
    <message>
      <source>'Spectral parameters' has formulas for it; oxide models for MI must not be run on it</source>
      <translation>“光谱参数”有适用于它的公式；MI 的氧化物模型不得用于它</translation>
    </message>
    <message>
      <source>, or one on either side of the raster's edge</source>
      <translation>，或在栅格边缘两侧各给一个</translation>
    </message>
    <message>
      <source>, whose soil has {0} {1}</source>
      <translation>，其月壤含 {0} {1}</translation>
    </message>
    <message>
      <source>100 x molar MgO/(MgO + FeO)</source>
      <translation>100 x 摩尔比 MgO/(MgO + FeO)</translation>
    </message>
    <message>
      <source>90 % interval</source>
      <translation>90 % 区间</translation>
    </message>
    <message>
      <source>; if no other run is at work, delete {0}</source>
      <translation>；若没有其他运行在进行，请删除 {0}</translation>
    </message>
    <message>
      <source>&lt;b&gt;{selected}&lt;/b&gt; of {count} pixels ({share:.1%}) lie in the region.</source>
      <translation>&lt;b&gt;{selected}&lt;/b&gt; / {count} 个像元（{share:.1%}）位于该区域内。</translation>
    </message>
    <message>
      <source>A bundled model or one of your own from the models page.</source>
      <translation>内置模型，或您在“模型”页中添加的模型。</translation>
    </message>
    <message>
      <source>A bundled model or one of your own from the models page. kaguya_mi is trained on all 56 stations; kaguya_mi_before_ce6 has never seen Chang'e-6, so that its prediction there is blind.</source>
      <translation>内置模型，或您在“模型”页中添加的模型。kaguya_mi 用全部 56 个站点训练；kaguya_mi_before_ce6 从未见过嫦娥六号，因此它在那里的预测是盲测。</translation>
    </message>
    <message>
      <source>A feature cannot be written to the output: {reason}.</source>
      <translation>无法将要素写入输出：{reason}。</translation>
    </message>
    <message>
      <source>A model file (.onnx) from anywhere; used instead of the model above.</source>
      <translation>任意位置的模型文件（.onnx）；指定后代替上面的模型。</translation>
    </message>
    <message>
      <source>A model file without description: bands and units are the user's word.</source>
      <translation>没有描述的模型文件：波段和单位以用户所述为准。</translation>
    </message>
    <message>
      <source>A raster made by 'Predict oxides', or any other map of the oxide.</source>
      <translation>由“预测氧化物”生成的栅格，或该氧化物的任何其他图。</translation>
    </message>
    <message>
      <source>A raster made by 'Predict oxides'; its bands are found by their descriptions.</source>
      <translation>由“预测氧化物”生成的栅格；按波段描述识别各波段。</translation>
    </message>
    <message>
      <source>A run on a cluster needs the Python package dask.distributed, which cannot be imported ({0}): install it with 'python3 -m pip install distributed'.</source>
      <translation>在集群上运行需要 Python 软件包 dask.distributed，而它无法导入（{0}）：请运行 'python3 -m pip install distributed' 安装。</translation>
    </message>
    <message>
      <source>A worker of the cluster failed ({0}: {1}): its Python needs {2}, rasterio and onnxruntime, and the same paths of raster, model and output.</source>
      <translation>集群的一个工作进程失败（{0}：{1}）：其 Python 需要 {2}、rasterio 和 onnxruntime，并且栅格、模型和输出的路径须相同。</translation>
    </message>
    <message>
      <source>A worker of the cluster has another {0} ({1}) than this computer ({2}): install the same on all workers and start them again.</source>
      <translation>集群的一个工作进程的 {0}（{1}）与本机（{2}）不同：请在所有工作进程上安装相同的版本并重新启动。</translation>
    </message>
    <message>
      <source>Add ...</source>
      <translation>添加 …</translation>
    </message>
    <message>
      <source>Add a reflectance raster to the project.</source>
      <translation>请先向工程中添加反射率栅格。</translation>
    </message>
    <message>
      <source>Add as features to a point layer</source>
      <translation>作为要素添加到点图层</translation>
    </message>
    <message>
      <source>Add sample sites</source>
      <translation>添加采样点</translation>
    </message>
    <message>
      <source>Adding the sample sites ...</source>
      <translation>正在添加采样点 …</translation>
    </message>
    <message>
      <source>Adds the sites where Apollo, Luna and Chang'e missions collected soil, with the six oxides measured in the laboratory (wt%), how well each position is known, and who published it. Apollo 12's eight numbered rows are fines below 37 micrometres, which are 1-2 wt% poorer in FeO and 2-3 wt% richer in Al2O3 than bulk soil.</source>
      <translation>添加阿波罗、月球号和嫦娥任务采集月壤的地点，附实验室测得的六种氧化物含量（wt%）、位置精度和文献出处。阿波罗 12 号的八个编号行是小于 37 微米的细粒组分，其 FeO 比全岩月壤低 1-2 wt%,Al2O3 高 2-3 wt%。</translation>
    </message>
    <message>
      <source>Al2O3 / 0.3665: all aluminium in pure anorthite, none in pyroxene, spinel or glass</source>
      <translation>Al2O3 / 0.3665：设全部铝都在纯钙长石中，辉石、尖晶石和玻璃中没有</translation>
    </message>
    <message>
      <source>All of it as JSON; docs/report_schema.md describes the three files.</source>
      <translation>全部内容的 JSON；三种文件的说明见 docs/report_schema.md。</translation>
    </message>
    <message>
      <source>All pixels of the output.</source>
      <translation>输出的全部像元数。</translation>
    </message>
    <message>
      <source>Another run is writing the same output ({0}): wait for it or choose another output file{1}.</source>
      <translation>另一个运行正在写同一输出（{0}）：请等待或另选输出文件{1}。</translation>
    </message>
    <message>
      <source>Asking {index} ...</source>
      <translation>正在查询 {index} …</translation>
    </message>
    <message>
      <source>Attribution raster</source>
      <translation>归因栅格</translation>
    </message>
    <message>
      <source>Automatic uses all cores that QGIS may use, and 400 MB. The numbers do not depend on threads or memory. The package index is asked only when you install.</source>
      <translation>“自动”表示使用 QGIS 可用的全部核心和 400 MB 内存。结果数值与线程数和内存无关。仅在安装时才会访问软件包索引。</translation>
    </message>
    <message>
      <source>Axes</source>
      <translation>坐标轴</translation>
    </message>
    <message>
      <source>BANDS gives band {0}{1} for {2}, but the raster says that it lies {3} nm away, and the band is only {4} nm wide: {5}, or correct the raster's wavelengths if they are wrong.</source>
      <translation>BANDS 指定波段 {0}{1} 用作 {2}，但按栅格的说明它相差 {3} nm，而该波段宽仅 {4} nm：{5}；若栅格的波长有误，请更正。</translation>
    </message>
    <message>
      <source>BANDS gives {0} band number(s) but the model needs {1}, for {2}, in this order.</source>
      <translation>BANDS 给出 {0} 个波段号，而模型需要 {1} 个，依次对应 {2}。</translation>
    </message>
    <message>
      <source>BANDS gives {0} band numbers; {1} formulas use at most {2}: {3} nm.</source>
      <translation>BANDS 给出 {0} 个波段号；{1} 公式最多使用 {2} 个：{3} nm。</translation>
    </message>
    <message>
      <source>BANDS names band {0} but the raster has bands 1 to {1}.</source>
      <translation>BANDS 指定了波段 {0}，但该栅格只有波段 1 至 {1}。</translation>
    </message>
    <message>
      <source>Band of the prediction</source>
      <translation>预测图的波段</translation>
    </message>
    <message>
      <source>Band of the reference</source>
      <translation>参照图的波段</translation>
    </message>
    <message>
      <source>Band {0} of {1} cannot be read at rows {2}-{3}: {4}; the file may be truncated.</source>
      <translation>无法读取 {1} 的波段 {0} 第 {2}-{3} 行：{4}；文件可能不完整。</translation>
    </message>
    <message>
      <source>Band {0} of {1} has scale {2} and offset {3}, which give no reflectance: set SCALE and OFFSET (Kaguya MI_MAP products: 0.00002 and 0).</source>
      <translation>{1} 的波段 {0} 的缩放系数为 {2}、偏移量为 {3}，得不到反射率：请设置 SCALE 和 OFFSET（Kaguya MI_MAP 产品：0.00002 和 0）。</translation>
    </message>
    <message>
      <source>Band {0} of {1} holds complex numbers, which are no reflectance: choose another product.</source>
      <translation>{1} 的波段 {0} 是复数，不是反射率：请选择其他产品。</translation>
    </message>
    <message>
      <source>Band {0} of {1} holds {2} by its description, not {3}: choose another band or oxide.</source>
      <translation>{1} 的波段 {0} 按其描述是 {2}，而不是 {3}：请选择其他波段或氧化物。</translation>
    </message>
    <message>
      <source>Band {0}{1} is marked bad in the bad-band list (bbl) of the raster's header: use a raster where it is good, or mend the list if it is wrong.</source>
      <translation>波段 {0}{1} 在栅格头文件的坏波段列表（bbl）中标为坏波段：请使用该波段良好的栅格；若列表有误，请更正。</translation>
    </message>
    <message>
      <source>Band {number} serves {wanted} but lies {distance:g} nm off ({width:g} nm wide).</source>
      <translation>波段 {number} 用作 {wanted}，但波长相差 {distance:g} nm（波段宽 {width:g} nm）。</translation>
    </message>
    <message>
      <source>Bands</source>
      <translation>波段</translation>
    </message>
    <message>
      <source>Bands, in the formulas' order</source>
      <translation>波段（按公式的顺序）</translation>
    </message>
    <message>
      <source>Bands, in the model's order</source>
      <translation>波段（按模型的顺序）</translation>
    </message>
    <message>
      <source>Bar: prediction on the fixed range of the maps' legends. Whisker: its 90 % interval. Ticks above: measured at the nearest stations.</source>
      <translation>条形：预测值，量程与图例的固定范围相同。须线：其 90 % 区间。上方刻度：最近站点的实测值。</translation>
    </message>
    <message>
      <source>COLUMNS has {0}, which is not understood: write what a column holds and its name, e.g. FeO=iron; Ti (ppm)=XRF titanium; latitude=Y; longitude=X; position_error_m=error; mission=landing site; station=stop.</source>
      <translation>COLUMNS 中的 {0} 无法理解：请写明列的内容及列名，例如 FeO=iron; Ti (ppm)=XRF titanium; latitude=Y; longitude=X; position_error_m=error; mission=landing site; station=stop。</translation>
    </message>
    <message>
      <source>COLUMNS names the column {0} but the sites have {1}; put semicolons between two choices.</source>
      <translation>COLUMNS 指定了列 {0}，但采样点只有 {1}；两项选择之间请用分号隔开。</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>CSV files (*.csv)</source>
      <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
      <source>Cancelled.</source>
      <translation>已取消。</translation>
    </message>
    <message>
      <source>Cancelled: nothing was installed.</source>
      <translation>已取消：未安装任何内容。</translation>
    </message>
    <message>
      <source>Card</source>
      <translation>说明卡</translation>
    </message>
    <message>
      <source>Cells</source>
      <translation>单元数</translation>
    </message>
    <message>
      <source>Cells compared.</source>
      <translation>参与比较的单元数。</translation>
    </message>
    <message>
      <source>Chandrayaan-1 Moon Mineralogy Mapper (M3)</source>
      <translation>月船一号月球矿物绘图仪（M3）</translation>
    </message>
    <message>
      <source>Chandrayaan-2 Imaging Infrared Spectrometer (IIRS)</source>
      <translation>月船二号成像红外光谱仪（IIRS）</translation>
    </message>
    <message>
      <source>Charts need the Python package matplotlib, which QGIS's Python cannot import ({reason}). Tables, pins and export work without it.</source>
      <translation>绘图需要 Python 软件包 matplotlib，而 QGIS 的 Python 无法导入它（{reason}）。表格、图钉和导出不受影响。</translation>
    </message>
    <message>
      <source>Check a model file (.onnx) and keep a copy in your profile</source>
      <translation>检查模型文件（.onnx），并在您的配置文件夹中保存一份副本</translation>
    </message>
    <message>
      <source>Check predictions</source>
      <translation>检验预测</translation>
    </message>
    <message>
      <source>Checked sites</source>
      <translation>已检验的采样点</translation>
    </message>
    <message>
      <source>Checking against measured soil ...</source>
      <translation>正在与实测月壤对比 …</translation>
    </message>
    <message>
      <source>Checking and unpacking {file}</source>
      <translation>正在校验并解包 {file}</translation>
    </message>
    <message>
      <source>Checking model {file}</source>
      <translation>正在检查模型 {file}</translation>
    </message>
    <message>
      <source>Checking {file} ...</source>
      <translation>正在检查 {file} …</translation>
    </message>
    <message>
      <source>Choose a file …</source>
      <translation>选择文件 …</translation>
    </message>
    <message>
      <source>Choose a model</source>
      <translation>选择模型</translation>
    </message>
    <message>
      <source>Choose a raster</source>
      <translation>选择栅格</translation>
    </message>
    <message>
      <source>Choose a reflectance raster on the page 'Predict' first.</source>
      <translation>请先在“预测”页选择反射率栅格。</translation>
    </message>
    <message>
      <source>Citation</source>
      <translation>引用</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <source>Click a pixel or drag a box</source>
      <translation>单击像元或拖出矩形框</translation>
    </message>
    <message>
      <source>Click a pixel or drag a box: its spectrum, the six oxides and how sure they are</source>
      <translation>单击像元或拖出矩形框：查看其光谱、六种氧化物及可信程度</translation>
    </message>
    <message>
      <source>Click on the map</source>
      <translation>单击地图</translation>
    </message>
    <message>
      <source>Click on the map, or drag a box, to read a spectrum.</source>
      <translation>在地图上单击或拖出矩形框以读取光谱。</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Colour: pixels. Marks: soils measured at the stations (circle Apollo, square Luna, star Chang'e); point at one for its name. Drag a region: its pixels light up on the map.</source>
      <translation>颜色：像元。符号：各站点实测的月壤（圆为阿波罗，方为月球号，星为嫦娥）；指向符号可看名称。拖动选出区域，其像元会在地图上高亮。</translation>
    </message>
    <message>
      <source>Columns of the samples</source>
      <translation>样品的列</translation>
    </message>
    <message>
      <source>Columns of the sites</source>
      <translation>采样点的列</translation>
    </message>
    <message>
      <source>Compare rasters</source>
      <translation>比较栅格</translation>
    </message>
    <message>
      <source>Compares predicted oxides with another map of the same oxide or its element: another model's, Lunar Prospector's, a published GeoTIFF. The finer map is averaged by area over the cells of the coarser one. Gives the difference as a raster, and a report with metrics, density plot and bias by latitude and by terrane. Units, scale, nodata, CRS and longitudes 0..360 or -180..180 may differ.</source>
      <translation>将预测的氧化物与同一氧化物或其元素的另一幅图比较：其他模型的结果、月球勘探者号的结果或已发表的 GeoTIFF。较细的图按面积平均到较粗图的单元上。给出差值栅格以及包含指标、密度图和按纬度、按地体统计偏差的报告。单位、缩放、无效值、坐标系以及经度 0..360 或 -180..180 均可不同。</translation>
    </message>
    <message>
      <source>Compares predicted oxides with those measured at sample sites: points with residuals, a report with plots and metrics, and a table. For each site it says whether the model was trained on it: agreement there is fitted, and only unseen sites validate. Sites outside the raster or on nodata are listed, never dropped silently.</source>
      <translation>将预测的氧化物含量与采样点的实测值比较：给出带残差的点图层、含图表和指标的报告以及表格。逐点说明模型训练时是否用过该点：用过的点上的一致性只是拟合，只有未参与训练的点才构成验证。位于栅格之外或无效值上的采样点会逐一列出，绝不悄悄丢弃。</translation>
    </message>
    <message>
      <source>Comparing raster and model …</source>
      <translation>正在比较栅格与模型 …</translation>
    </message>
    <message>
      <source>Compression</source>
      <translation>压缩</translation>
    </message>
    <message>
      <source>Continue an interrupted run</source>
      <translation>继续中断的运行</translation>
    </message>
    <message>
      <source>Continue an interrupted run: a run that was cancelled after a minute or more, killed, or stopped by a full disk leaves OUTPUT.part beside the output, and the same run continues from there. Without it, every run starts anew and leaves nothing when it is stopped. Temporary outputs are never continued.</source>
      <translation>继续中断的运行：运行一分钟以上后被取消、被终止或因磁盘已满而停止时，会在输出旁留下 OUTPUT.part，相同的运行将从该处继续。不选此项时，每次运行都重新开始，停止后不留下任何内容。临时输出从不继续。</translation>
    </message>
    <message>
      <source>Continuing an interrupted run: {0} of {1} Mpx is there.</source>
      <translation>正在继续中断的运行：已有 {0} / {1} Mpx。</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy as a table, to paste into a spreadsheet</source>
      <translation>复制为表格，可粘贴到电子表格中</translation>
    </message>
    <message>
      <source>Copy diagnostics</source>
      <translation>复制诊断信息</translation>
    </message>
    <message>
      <source>Coverage asked for</source>
      <translation>要求的覆盖率</translation>
    </message>
    <message>
      <source>Default</source>
      <translation>默认</translation>
    </message>
    <message>
      <source>Default model</source>
      <translation>默认模型</translation>
    </message>
    <message>
      <source>Delete {path}? Maps made with it stay.</source>
      <translation>删除 {path}？用它制作的图件会保留。</translation>
    </message>
    <message>
      <source>Density</source>
      <translation>密度</translation>
    </message>
    <message>
      <source>Derived products</source>
      <translation>派生产品</translation>
    </message>
    <message>
      <source>Derives from predicted oxides: Mg# (100 x molar MgO/(MgO + FeO)), FeO/TiO2, Fe/Ti and Al2O3/CaO, the sum of oxides, normative plagioclase, grain density, basalt classes by TiO2 and Al2O3, and highland rock types by plagioclase and Mg#, each with its uncertainty or probability. Uncertainties come from the sigma bands, the errors of the oxides taken as independent. Only products whose oxides are predicted are made. The limits of classes are those of rocks; the Moon shows soils, which are mixtures.</source>
      <translation>由预测的氧化物派生：Mg#（100 x 摩尔比 MgO/(MgO + FeO)）、FeO/TiO2、Fe/Ti 和 Al2O3/CaO、氧化物总和、标准矿物斜长石、颗粒密度、按 TiO2 和 Al2O3 划分的玄武岩类型，以及按斜长石和 Mg# 划分的高地岩石类型，各附不确定度或概率。不确定度来自 sigma 波段，各氧化物的误差按相互独立处理。只生成所需氧化物已有预测的产品。分类界限是岩石的界限；月面上是月壤，即混合物。</translation>
    </message>
    <message>
      <source>Describe model</source>
      <translation>模型说明</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Dialogs start with this model</source>
      <translation>对话框打开时预选此模型</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>差值</translation>
    </message>
    <message>
      <source>Digest of the file; prediction rasters carry it, so that maps can be traced.</source>
      <translation>文件的摘要值；预测栅格中也有记录，便于追溯图件来源。</translation>
    </message>
    <message>
      <source>Distance between the two wavelengths, and how the band was found</source>
      <translation>两个波长之差，以及该波段是如何找到的</translation>
    </message>
    <message>
      <source>Domain</source>
      <translation>适用域</translation>
    </message>
    <message>
      <source>Done. The report compares the maps with measured soil: the model was trained on these sites, so it shows the fit and validates nothing. The files lie in {folder}, which QGIS deletes when it closes.</source>
      <translation>完成。报告将图件与实测月壤作了比较：模型正是用这些采样点训练的，因此只反映拟合程度，不构成验证。文件位于 {folder}，QGIS 关闭时会将其删除。</translation>
    </message>
    <message>
      <source>Double-click to choose a colour, F2 to rename</source>
      <translation>双击选择颜色，按 F2 重命名</translation>
    </message>
    <message>
      <source>Doubts</source>
      <translation>疑点</translation>
    </message>
    <message>
      <source>Explain prediction</source>
      <translation>解释预测</translation>
    </message>
    <message>
      <source>Explained predictions</source>
      <translation>已解释的预测</translation>
    </message>
    <message>
      <source>Extent</source>
      <translation>范围</translation>
    </message>
    <message>
      <source>FeO in wt% from which on ground outside South Pole-Aitken counts as mare in the report: a criterion of composition, halfway between the averages of highlands (6) and maria (16) of Bhatt et al. (2015).</source>
      <translation>南极-艾特肯盆地以外的地面，FeO 达到多少 wt% 起在报告中计为月海：这是成分判据，取 Bhatt 等（2015）中高地（6）与月海（16）平均值的中点。</translation>
    </message>
    <message>
      <source>Fetching {file} from {source}</source>
      <translation>正在从 {source} 获取 {file}</translation>
    </message>
    <message>
      <source>Field that names the points; their ids otherwise.</source>
      <translation>用作点名称的字段；留空则用要素编号。</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Find the bands again</source>
      <translation>重新查找波段</translation>
    </message>
    <message>
      <source>Fitted, not validated: {protocol}</source>
      <translation>拟合值，非验证：{protocol}</translation>
    </message>
    <message>
      <source>Flags: {flags}</source>
      <translation>标记：{flags}</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Folder of tiles</source>
      <translation>图幅文件夹</translation>
    </message>
    <message>
      <source>Folder with tiles, searched with its subfolders. MI_MAP tiles (.lbl, or .img of version 2) are taken if there are any, other rasters if there are none. Of a tile found in two versions the newer is taken.</source>
      <translation>含图幅的文件夹，连同子文件夹一起查找。若有 MI_MAP 图幅（.lbl，或第 2 版的 .img）则取之，否则取其他栅格。同一图幅有两个版本时取较新者。</translation>
    </message>
    <message>
      <source>For each oxide (e.g. RMSE_TIO2), over all compared sites, in wt% (R2 without unit). The report gives them for seen and unseen sites apart.</source>
      <translation>对每种氧化物（例如 RMSE_TIO2），统计全部参与比较的采样点，单位 wt%（R2 无单位）。报告中分别给出参与训练和未参与训练的采样点的结果。</translation>
    </message>
    <message>
      <source>Forget your choice of bands and find them by wavelength</source>
      <translation>放弃手动选择的波段，按波长重新查找</translation>
    </message>
    <message>
      <source>Free line</source>
      <translation>自由线</translation>
    </message>
    <message>
      <source>From</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>From wheel file ...</source>
      <translation>从 wheel 文件安装 …</translation>
    </message>
    <message>
      <source>GeoTIFF at reduced sampling: the strongest band of each oxide, then the attribution of each band to each oxide (wt%). Bands are the model's, counted from 1; the file's tag LUNAR_OXIDE_MODEL_BANDS names them.</source>
      <translation>降采样的 GeoTIFF：先是每种氧化物的最强波段，然后是各波段对各氧化物的归因（wt%）。波段指模型的波段，从 1 起计；其名称见文件标签 LUNAR_OXIDE_MODEL_BANDS。</translation>
    </message>
    <message>
      <source>GeoTIFF on the coarser grid: difference (prediction minus reference), prediction, reference, all in wt% of the oxide.</source>
      <translation>较粗网格上的 GeoTIFF：差值（预测减参照）、预测、参照，单位均为该氧化物的 wt%。</translation>
    </message>
    <message>
      <source>GeoTIFF with each product and its sigma, the basalt class and the highland rock type with their probabilities. The dataset's tags hold every rule with its source and the class numbers.</source>
      <translation>GeoTIFF，含每个产品及其 sigma、玄武岩类型和高地岩石类型及其概率。数据集标签中记录了每条规则及其出处和类别编号。</translation>
    </message>
    <message>
      <source>GeoTIFF with one band for each parameter that the raster's bands allow. The dataset's tags hold each formula, its source and where it is valid.</source>
      <translation>GeoTIFF，栅格波段所允许的每个参数各占一个波段。数据集标签中记录了各公式、出处及适用范围。</translation>
    </message>
    <message>
      <source>GeoTIFF with what the model gives, 14 bands for the bundled ones: the oxides (wt%), their sigmas (wt%; the 90 % interval is 1.645 sigma to either side), domain distance (above 1: unlike the training spectra), and quality flags (0: good; 2 shadow, 4 saturated, 8 outside the training domain, 16 outside the physical range, 32 implausible sum of oxides; they add up).</source>
      <translation>含模型所给内容的 GeoTIFF，内置模型为 14 个波段：各氧化物（wt%）、其标准不确定度 sigma（wt%;90 % 区间为两侧各 1.645 sigma）、域距离（大于 1：与训练光谱不相似）和质量标记（0：良好；2 阴影，4 饱和，8 超出训练域，16 超出物理范围，32 氧化物总和不合理；可累加）。</translation>
    </message>
    <message>
      <source>Geometry</source>
      <translation>观测几何</translation>
    </message>
    <message>
      <source>Give a folder of tiles, or tiles.</source>
      <translation>请给出图幅文件夹或图幅。</translation>
    </message>
    <message>
      <source>Grain density</source>
      <translation>颗粒密度</translation>
    </message>
    <message>
      <source>Ground truth of your own: points or polygons in a lunar CRS, or a table with latitude and longitude in degrees, with columns named after the oxides (FeO, FeO_wt, FeOT ...; wt%) or elements (Fe, Ti_ppm ...), and their uncertainties (FeO_sigma, FeO_err) where known. The log says which column was taken as what. In a polygon the median of its pixels is compared. Leave empty for the bundled Apollo, Luna and Chang'e sites.</source>
      <translation>您自己的实测数据：月球坐标系下的点或多边形，或含纬度、经度（度）的表格，列名为氧化物（FeO、FeO_wt、FeOT …;wt%）或元素（Fe、Ti_ppm …），已知时可附不确定度（FeO_sigma、FeO_err）。日志会说明每列被当作什么。多边形取其内像元的中位数进行比较。留空则使用内置的阿波罗、月球号和嫦娥采样点。</translation>
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation>HTML 文件 (*.html)</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>此处</translation>
    </message>
    <message>
      <source>Highland pixels</source>
      <translation>高地像元数</translation>
    </message>
    <message>
      <source>In units of the domain threshold: above 1, not near</source>
      <translation>以适用域阈值为单位：大于 1 即不相近</translation>
    </message>
    <message>
      <source>Inside the training domain (distance {distance:.2f})</source>
      <translation>在训练域内（距离 {distance:.2f}）</translation>
    </message>
    <message>
      <source>Install</source>
      <translation>安装</translation>
    </message>
    <message>
      <source>Install ...</source>
      <translation>安装 …</translation>
    </message>
    <message>
      <source>Installing {package}</source>
      <translation>正在安装 {package}</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>安装到</translation>
    </message>
    <message>
      <source>Its band; leave empty to find it by its description.</source>
      <translation>其波段；留空则按描述查找。</translation>
    </message>
    <message>
      <source>JSON document</source>
      <translation>JSON 文档</translation>
    </message>
    <message>
      <source>JSON files (*.json)</source>
      <translation>JSON 文件 (*.json)</translation>
    </message>
    <message>
      <source>Keep this reading (Shift+click pins at once)</source>
      <translation>保留此读数（Shift+单击可立即固定）</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>图层</translation>
    </message>
    <message>
      <source>Least FeO of maria (wt%)</source>
      <translation>月海的最低 FeO(wt%)</translation>
    </message>
    <message>
      <source>Least coverage of a cell (%)</source>
      <translation>单元的最低覆盖率（%）</translation>
    </message>
    <message>
      <source>Left out {label}: {reason}.</source>
      <translation>已略去 {label}：{reason}。</translation>
    </message>
    <message>
      <source>Licence</source>
      <translation>许可证</translation>
    </message>
    <message>
      <source>Lighting up brushed pixels</source>
      <translation>正在高亮所选像元</translation>
    </message>
    <message>
      <source>Looking up {package}</source>
      <translation>正在查找 {package}</translation>
    </message>
    <message>
      <source>Lunar Oxide</source>
      <translation>Lunar Oxide</translation>
    </message>
    <message>
      <source>Lunar Oxide model trial</source>
      <translation>Lunar Oxide 模型试运行</translation>
    </message>
    <message>
      <source>Lunar Oxide needs the Python package {package}, which QGIS's Python cannot import ({error}): install it with Lunar Oxide &gt; Packages in QGIS's menu and try again.</source>
      <translation>Lunar Oxide 需要 Python 软件包 {package}，而 QGIS 的 Python 无法导入它（{error}）：请用 QGIS 菜单中的 Lunar Oxide &gt; 软件包安装后重试。</translation>
    </message>
    <message>
      <source>Lunar Oxide needs the Python package {package}, which QGIS's Python cannot import: install it and restart QGIS.</source>
      <translation>Lunar Oxide 需要 Python 软件包 {package}，而 QGIS 的 Python 无法导入它：请安装后重启 QGIS。</translation>
    </message>
    <message>
      <source>Lunar Oxide spectra</source>
      <translation>Lunar Oxide 光谱</translation>
    </message>
    <message>
      <source>Lunar Oxide: Python packages</source>
      <translation>Lunar Oxide:Python 软件包</translation>
    </message>
    <message>
      <source>Lunar longitudes and latitudes cannot be projected into the raster's CRS: {0}.</source>
      <translation>无法将月球经纬度投影到栅格的坐标系：{0}。</translation>
    </message>
    <message>
      <source>Lunar sample sites</source>
      <translation>月球采样点</translation>
    </message>
    <message>
      <source>MEMORY is {0} MB: give at least {1}, or leave it empty.</source>
      <translation>MEMORY 为 {0} MB：请至少给 {1}，或留空。</translation>
    </message>
    <message>
      <source>MI reflectance for a second opinion</source>
      <translation>用于参照的 MI 反射率</translation>
    </message>
    <message>
      <source>Makes a new model file from a model and new samples whose spectra are read from a raster. The correction is smooth and local: spectra unlike the new samples keep the model's own answer. By leaving new places out in turn, and old stations too, it says for each oxide whether the refined model is better, and does not claim it where that is not shown; with fewer than three new places it cannot be told. A sample that contradicts the model and its neighbours beyond their uncertainty is warned of. The new file carries its lineage.</source>
      <translation>由一个模型和若干新样品生成新的模型文件，新样品的光谱取自栅格。校正是平滑且局部的：与新样品不相似的光谱保持原模型的结果。通过轮流留出新地点和旧站点，逐一说明每种氧化物的改进模型是否更好，未能证明时不作此断言；新地点少于三处时无法判断。与模型及邻近样品的矛盾超出其不确定度的样品会给出警告。新文件带有其来源谱系。</translation>
    </message>
    <message>
      <source>Makes one virtual raster of many tiles, for 'Predict oxides' to map in one run. No pixel is copied: the result is a small file that names the tiles, with lunar CRS, band names, wavelengths, scale and no-data value; a tile is opened only when its pixels are read. Whole MI_MAP tiles are placed by the corner in their names, so that a Moon of them takes seconds; crops keep their own georeference. What cannot be read is named and left out.</source>
      <translation>将许多图幅合成一个虚拟栅格，供“预测氧化物”一次成图。不复制任何像元：结果是一个列出各图幅的小文件，带有月球坐标系、波段名、波长、缩放系数和无效值；仅在读取像元时才打开图幅。完整的 MI_MAP 图幅按其名称中的角点定位，因此全月图幅只需数秒；裁剪过的图幅保留自身的地理参考。无法读取的图幅会列出名称并略去。</translation>
    </message>
    <message>
      <source>Maps TiO2, FeO, Al2O3, MgO, CaO and SiO2 (wt%) from lunar reflectance with a convolutional network trained on returned samples. Each oxide comes with a calibrated uncertainty; each pixel with its distance to the training spectra and quality flags. The bundled models take Kaguya/SELENE Multiband Imager reflectance at the standard geometry (i=30, e=0, g=30), as in MI_MAP products; reflectance of other sensors differs and must not be fed to them.</source>
      <translation>用在返回样品上训练的卷积网络，由月面反射率反演 TiO2、FeO、Al2O3、MgO、CaO 和 SiO2 的含量（wt%）并成图。每种氧化物附有经过标定的不确定度；每个像元附有与训练光谱的距离和质量标记。内置模型以月亮女神（Kaguya/SELENE）多波段成像仪在标准几何（i=30、e=0、g=30）下的反射率为输入，如 MI_MAP 产品；其他传感器的反射率不同，不可输入。</translation>
    </message>
    <message>
      <source>Maps of TiO2, FeO, Al2O3, MgO, CaO and SiO2 from lunar reflectance, with their uncertainty, checked against returned soil. The demo loads a bundled scene of Taurus-Littrow (interpolated between published station spectra, not an observation), predicts it, adds the sample sites and opens the report.</source>
      <translation>由月面反射率反演 TiO2、FeO、Al2O3、MgO、CaO 和 SiO2 的分布图，附不确定度，并与返回月壤对照检验。演示将加载内置的陶拉斯-利特罗场景（由已发表的站点光谱插值而成，并非实际观测），进行预测，添加采样点并打开报告。</translation>
    </message>
    <message>
      <source>Maps the classical spectral parameters of Kaguya MI or Clementine reflectance: FeO and TiO2 (wt%) from published formulas, optical maturity, band depths and ratios. They need no model and so give a second opinion on predicted oxides. Each formula holds for its own sensor only, and the wrong combination is refused. Where a formula has no meaning (shadow, negative angle) there is no value. Not reliable on steep slopes or beyond about 60 degrees latitude.</source>
      <translation>由 Kaguya MI 或 Clementine 反射率计算经典光谱参数图：按已发表公式计算的 FeO 和 TiO2（wt%）、光学成熟度、吸收深度和波段比值。它们不需要模型，可作为预测氧化物的独立参照。每个公式只适用于相应的传感器，错误的组合会被拒绝。公式无意义处（阴影、负角度）不给值。在陡坡上或纬度约 60 度以上不可靠。</translation>
    </message>
    <message>
      <source>Mare pixels</source>
      <translation>月海像元数</translation>
    </message>
    <message>
      <source>Memory (MB)</source>
      <translation>内存（MB）</translation>
    </message>
    <message>
      <source>Memory in MB for blocks and caches, whatever the raster's size (at least 64); leave empty for 400. With many threads, more memory allows larger blocks.</source>
      <translation>用于数据块和缓存的内存（MB），与栅格大小无关（至少 64）；留空为 400。线程较多时，更多内存允许更大的数据块。</translation>
    </message>
    <message>
      <source>Memory of a prediction</source>
      <translation>预测使用的内存</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>方法</translation>
    </message>
    <message>
      <source>Mg#: 100 x molar MgO/(MgO + FeO); where neither oxide is negative and not both are zero [definition; molar masses from IUPAC 2021 atomic weights, doi 10.1515/pac-2019-0603]; FeO/TiO2: mass ratio of the oxides; where the numerator is not negative and the denominator exceeds its own uncertainty [definition]; Fe/Ti: mass ratio of the elements; where the numerator is not negative and the denominator exceeds its own uncertainty [definition]; Al2O3/CaO: mass ratio of the oxides; where the numerator is not negative and the denominator exceeds its own uncertainty [definition]; Sum of six oxides: TiO2 + FeO + Al2O3 + MgO + CaO + SiO2; the training soils have 97.5-100.2; where no oxide that it needs is negative (0.0 is an abundance) [definition]; Normative plagioclase, upper bound: Al2O3 / 0.3665: all aluminium in pure anorthite, none in pyroxene, spinel or glass; where no oxide that it needs is negative (0.0 is an abundance) [stoichiometry of CaAl2Si2O8]; Grain density: 0.0273 FeO + 0.011 TiO2 + 2.773; where no oxide that it needs is negative (0.0 is an abundance) [Huang &amp; Wieczorek (2012), J. Geophys. Res. 117, E05003, doi 10.1029/2012JE004062]; Basalt class: where FeO &amp;gt;= 11 wt% (halfway between the averages of highlands (about 6 wt% FeO) and maria (about 16) in Bhatt et al. (2015), A comparative study of iron abundance estimation methods, Icarus 248): very low-Ti below 1 wt% TiO2, low-Ti 1 to 6, high-Ti from 6 on; low-Al below 11 wt% Al2O3, high-Al from 11. The limits are those of rocks; soils hold highland debris, which lowers TiO2 and raises Al2O3 [Neal &amp; Taylor (1992), Petrogenesis of mare basalts, Geochim. Cosmochim. Acta 56, 2177-2211]; Highland rock type: where FeO &amp;lt; 11 wt%: by normative plagioclase (upper bound, from Al2O3) mafic rock below 60 percent, anorthositic norite 60 to 77.5, noritic anorthosite 77.5 to 90, anorthosite from 90 (names and limits, there in vol%); by Mg# ferroan below 60, magnesian from 70, where the fields of ferroan anorthosites and Mg-suite rocks overlap between (these two limits are this plugin's). Norite stands for norite, troctolite and gabbro alike: oxides do not tell them apart. Soils are mixtures [names and limits: Stoeffler et al. (1980), Recommended classification and nomenclature of lunar highland rocks, Proc. Conf. Lunar Highlands Crust, 51-70; diagram of Mg#: Warren (1993), A concise compilation of petrologic information on possibly pristine nonmare Moon rocks, Am. Mineral. 78, 360-376]; Uncertainties: errors of the oxides taken as independent, first order</source>
      <translation>Mg#：100 x 摩尔比 MgO/(MgO + FeO)；限两种氧化物均不为负且不同时为零 [定义；摩尔质量取自 IUPAC 2021 原子量，doi 10.1515/pac-2019-0603]；FeO/TiO2：氧化物质量比；限分子不为负且分母大于其自身的不确定度 [定义]；Fe/Ti：元素质量比；限分子不为负且分母大于其自身的不确定度 [定义]；Al2O3/CaO：氧化物质量比；限分子不为负且分母大于其自身的不确定度 [定义]；六种氧化物之和：TiO2 + FeO + Al2O3 + MgO + CaO + SiO2；训练月壤为 97.5-100.2；限所需的氧化物均不为负（0.0 也是含量）[定义]；标准矿物斜长石上限：Al2O3 / 0.3665：设全部铝都在纯钙长石中，辉石、尖晶石和玻璃中没有；限所需的氧化物均不为负（0.0 也是含量）[CaAl2Si2O8 的化学计量]；颗粒密度：0.0273 FeO + 0.011 TiO2 + 2.773；限所需的氧化物均不为负（0.0 也是含量）[Huang &amp; Wieczorek (2012), J. Geophys. Res. 117, E05003, doi 10.1029/2012JE004062]；玄武岩类型：限 FeO &amp;gt;= 11 wt%（Bhatt et al. (2015), A comparative study of iron abundance estimation methods, Icarus 248 中高地平均值（约 6 wt% FeO）与月海平均值（约 16）的中点）：TiO2 低于 1 wt% 为极低钛，1 至 6 为低钛，6 及以上为高钛；Al2O3 低于 11 wt% 为低铝，11 及以上为高铝。这些是岩石的界限；月壤含有高地碎屑，会降低 TiO2、升高 Al2O3 [Neal &amp; Taylor (1992), Petrogenesis of mare basalts, Geochim. Cosmochim. Acta 56, 2177-2211]；高地岩石类型：限 FeO &amp;lt; 11 wt%：按标准矿物斜长石（由 Al2O3 得到的上限），低于 60% 为镁铁质岩，60 至 77.5 为斜长苏长岩，77.5 至 90 为苏长斜长岩，90 及以上为斜长岩（名称与界限，原文为体积百分比）；按 Mg#，低于 60 为铁质，70 及以上为镁质，其间为铁质斜长岩与镁质岩套的重叠区（这两个界限由本插件给出）。苏长岩在此同时代表苏长岩、橄长岩和辉长岩：氧化物无法区分它们。月壤是混合物 [名称与界限：Stoeffler et al. (1980), Recommended classification and nomenclature of lunar highland rocks, Proc. Conf. Lunar Highlands Crust, 51-70；Mg# 图解：Warren (1993), A concise compilation of petrologic information on possibly pristine nonmare Moon rocks, Am. Mineral. 78, 360-376]；不确定度：各氧化物误差按相互独立处理，一阶近似</translation>
    </message>
    <message>
      <source>Missions</source>
      <translation>任务</translation>
    </message>
    <message>
      <source>Missions whose sites to add; all by default.</source>
      <translation>要添加哪些任务的采样点；默认全部。</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Model band</source>
      <translation>模型波段</translation>
    </message>
    <message>
      <source>Model card</source>
      <translation>模型说明卡</translation>
    </message>
    <message>
      <source>Model file</source>
      <translation>模型文件</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models are kept in a QGIS profile, and there is none: give the file itself.</source>
      <translation>模型保存在 QGIS 配置文件夹中，而此处没有配置文件夹：请直接给出模型文件。</translation>
    </message>
    <message>
      <source>Mosaic</source>
      <translation>镶嵌图</translation>
    </message>
    <message>
      <source>Mosaic of {names}</source>
      <translation>镶嵌：{names}</translation>
    </message>
    <message>
      <source>Mosaic tiles</source>
      <translation>镶嵌图幅</translation>
    </message>
    <message>
      <source>Most places of the regular grid that samples the raster; the attribution raster has one pixel for each.</source>
      <translation>对栅格抽样的规则网格最多取多少个位置；归因栅格中每个位置占一个像元。</translation>
    </message>
    <message>
      <source>Most samples of the raster</source>
      <translation>栅格的最多抽样数</translation>
    </message>
    <message>
      <source>Multiplies the reference's numbers, after the band's own scale.</source>
      <translation>参照图数值的乘数，在波段自身缩放之后应用。</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Name of the points</source>
      <translation>点的名称</translation>
    </message>
    <message>
      <source>Nearest</source>
      <translation>最近站点</translation>
    </message>
    <message>
      <source>New samples (bundled sites if empty)</source>
      <translation>新样品（留空则用内置采样点）</translation>
    </message>
    <message>
      <source>New samples: points, polygons or a table with coordinates, and columns named after the oxides (FeO or FeO_wt ..., wt%). Leave empty for the bundled sites. Sites that the model was trained on are left out.</source>
      <translation>新样品：带坐标的点、多边形或表格，列名为氧化物（FeO 或 FeO_wt …,wt%）。留空则用内置采样点。模型训练用过的采样点会略去。</translation>
    </message>
    <message>
      <source>No Python interpreter was found beside {executable}, so that {package} cannot be tried safely and was not installed: copy the diagnostics and report this.</source>
      <translation>在 {executable} 附近没有找到 Python 解释器，无法安全地试运行 {package}，因此未安装：请复制诊断信息并反馈。</translation>
    </message>
    <message>
      <source>No mission is chosen: choose at least one.</source>
      <translation>没有选择任务：请至少选择一个。</translation>
    </message>
    <message>
      <source>No prediction yet</source>
      <translation>尚无预测</translation>
    </message>
    <message>
      <source>No quality flag</source>
      <translation>无质量标记</translation>
    </message>
    <message>
      <source>No raster band fits {0}: the nearest, band {1}{2}, is {3} nm away and the band is only {4} nm wide; {5}.</source>
      <translation>没有适合 {0} 的栅格波段：最接近的波段 {1}{2} 相差 {3} nm，而该波段宽仅 {4} nm；{5}。</translation>
    </message>
    <message>
      <source>No raster yet</source>
      <translation>尚无栅格</translation>
    </message>
    <message>
      <source>No rasters were found: give a folder with MI_MAP tiles (.lbl, .img).</source>
      <translation>没有找到栅格：请给出含 MI_MAP 图幅（.lbl、.img）的文件夹。</translation>
    </message>
    <message>
      <source>No site is left to refine with ({0}).</source>
      <translation>没有可用于改进的采样点（{0}）。</translation>
    </message>
    <message>
      <source>No validation figures: treat it as not validated.</source>
      <translation>没有验证指标：应视为未经验证。</translation>
    </message>
    <message>
      <source>No {0}: the raster has no band at {1} nm.</source>
      <translation>没有 {0}：栅格缺少 {1} nm 的波段。</translation>
    </message>
    <message>
      <source>None is fastest and read by every program; ZSTD makes files a quarter smaller and takes a fifth longer; DEFLATE makes them a third smaller, is read by more programs than ZSTD and takes nearly twice as long. Empty parts of a raster take no room.</source>
      <translation>不压缩最快，任何程序都能读取；ZSTD 使文件缩小四分之一，耗时多五分之一；DEFLATE 使文件缩小三分之一，能读取它的程序比 ZSTD 多，耗时接近两倍。栅格的空白部分不占空间。</translation>
    </message>
    <message>
      <source>None of the rasters can be read: copy or download them again.</source>
      <translation>没有一个栅格可以读取：请重新复制或下载。</translation>
    </message>
    <message>
      <source>None of the {0} places lies on valid pixels of {1}: check their CRS and the raster's nodata.</source>
      <translation>{0} 个位置中没有一个落在 {1} 的有效像元上：请检查其坐标系和栅格的无效值。</translation>
    </message>
    <message>
      <source>None of the {0} rows of sample sites can be used; the first: {1}, {2}.</source>
      <translation>{0} 行采样点均不可用；第一行：{1}，{2}。</translation>
    </message>
    <message>
      <source>None of the {sites} sites lies on valid pixels of the raster: check its CRS and that it covers a sampling site.</source>
      <translation>{sites} 个采样点中没有一个落在栅格的有效像元上：请检查其坐标系，并确认它覆盖了采样点。</translation>
    </message>
    <message>
      <source>None of {count} sampled pixels has usable reflectance in all bands.</source>
      <translation>抽取的 {count} 个像元中，没有一个在所有波段都具有可用的反射率。</translation>
    </message>
    <message>
      <source>Normative plagioclase, upper bound</source>
      <translation>标准矿物斜长石上限</translation>
    </message>
    <message>
      <source>Not a number</source>
      <translation>不是数字</translation>
    </message>
    <message>
      <source>Not readable</source>
      <translation>无法读取</translation>
    </message>
    <message>
      <source>Not seen in training</source>
      <translation>未参与训练</translation>
    </message>
    <message>
      <source>Not used: {site}: {reason}.</source>
      <translation>未使用：{site}：{reason}。</translation>
    </message>
    <message>
      <source>Nothing was left behind.</source>
      <translation>没有留下任何文件。</translation>
    </message>
    <message>
      <source>Numbers of the prediction</source>
      <translation>预测图的数值</translation>
    </message>
    <message>
      <source>Numbers of the reference</source>
      <translation>参照图的数值</translation>
    </message>
    <message>
      <source>ONNX models (*.onnx)</source>
      <translation>ONNX 模型 (*.onnx)</translation>
    </message>
    <message>
      <source>Odd side of the square of pixels around each site; the median of its valid pixels is compared. The report says where a position is known less well than the window reaches.</source>
      <translation>每个采样点周围正方形窗口的边长（奇数像元）；取窗口内有效像元的中位数进行比较。若采样点的位置误差超出窗口，报告会加以说明。</translation>
    </message>
    <message>
      <source>Odd side of the square of pixels around each site; the median spectrum is taken.</source>
      <translation>每个采样点周围正方形窗口的边长（奇数像元）；取光谱中位数。</translation>
    </message>
    <message>
      <source>Of these, sites that the model was not trained on.</source>
      <translation>其中模型未用于训练的采样点数。</translation>
    </message>
    <message>
      <source>Off by</source>
      <translation>偏差</translation>
    </message>
    <message>
      <source>Offset</source>
      <translation>偏移量</translation>
    </message>
    <message>
      <source>On a cluster the output is a virtual raster over shards: call it {0}.vrt instead of {1}.</source>
      <translation>在集群上，输出是由分片组成的虚拟栅格：请命名为 {0}.vrt，而不是 {1}。</translation>
    </message>
    <message>
      <source>One row a site as CSV, skipped sites with their reason included.</source>
      <translation>每个采样点一行的 CSV，包括被跳过的采样点及原因。</translation>
    </message>
    <message>
      <source>One sentence: for which oxides the refined model is better by cross-validation.</source>
      <translation>一句话：交叉验证表明改进模型对哪些氧化物更好。</translation>
    </message>
    <message>
      <source>Only pixels without quality flag</source>
      <translation>仅限无质量标记的像元</translation>
    </message>
    <message>
      <source>Only these files are installed, into your QGIS profile. What QGIS brings (numpy, GDAL, PROJ ...) is never changed. The package is tried in a separate Python first; if it does not work, everything stays as it is.</source>
      <translation>只安装这些文件，且只装入您的 QGIS 配置文件夹。QGIS 自带的内容（numpy、GDAL、PROJ 等）绝不改动。软件包先在独立的 Python 中试运行；如果不能工作，一切保持原样。</translation>
    </message>
    <message>
      <source>Only where column names do not tell, or two could be the same: what a column holds = its name, separated by semicolons, e.g. FeO=iron oxide; Ti (ppm)=XRF titanium.</source>
      <translation>仅在列名无法说明、或两列可能含义相同时需要：列的内容 = 列名，用分号分隔，例如 FeO=iron oxide; Ti (ppm)=XRF titanium。</translation>
    </message>
    <message>
      <source>Open 'Predict oxides' with this raster and model filled in</source>
      <translation>打开“预测氧化物”，并填好此栅格和模型</translation>
    </message>
    <message>
      <source>Open the demo</source>
      <translation>打开演示</translation>
    </message>
    <message>
      <source>Open the model's card: training, validation, failures</source>
      <translation>打开模型说明卡：训练、验证与已知缺陷</translation>
    </message>
    <message>
      <source>Open the report</source>
      <translation>打开报告</translation>
    </message>
    <message>
      <source>Optional second opinion: Kaguya MI reflectance (414, 749, 950 nm) of the same place. FeO after Lemelin et al. (2015) and TiO2 after Otake et al. (2012) are computed at the sites and reported beside the model; they were fitted partly on the same sites.</source>
      <translation>可选的参照：同一地点的 Kaguya MI 反射率（414、749、950 nm）。在采样点处按 Lemelin 等（2015）计算 FeO、按 Otake 等（2012）计算 TiO2，与模型结果并列报告；这些公式部分地正是用这些采样点拟合的。</translation>
    </message>
    <message>
      <source>Origin</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>Origin of the data</source>
      <translation>数据来源</translation>
    </message>
    <message>
      <source>Outside the training domain (distance {distance:.2f}): extrapolation</source>
      <translation>超出训练域（距离 {distance:.2f}）：属于外推</translation>
    </message>
    <message>
      <source>Over all cells, weighted by area; wt% but for the last two.</source>
      <translation>全部单元按面积加权；除最后两项外单位为 wt%。</translation>
    </message>
    <message>
      <source>Oxide</source>
      <translation>氧化物</translation>
    </message>
    <message>
      <source>Oxides</source>
      <translation>氧化物</translation>
    </message>
    <message>
      <source>Package</source>
      <translation>软件包</translation>
    </message>
    <message>
      <source>Package index</source>
      <translation>软件包索引</translation>
    </message>
    <message>
      <source>Packages ...</source>
      <translation>软件包 …</translation>
    </message>
    <message>
      <source>Packages are installed into a QGIS profile, and there is none: run this in QGIS.</source>
      <translation>软件包安装在 QGIS 配置文件夹中，而此处没有：请在 QGIS 中运行。</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Part of the raster to map, in any lunar CRS and any turn of longitude; across 180 degrees write 178,185,-1,1 or 178,-175,-1,1. Leave empty for all of it.</source>
      <translation>要成图的栅格范围，可用任意月球坐标系，经度可为任意一圈；跨越 180 度时写作 178,185,-1,1 或 178,-175,-1,1。留空则为整个栅格。</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pictures (*.png)</source>
      <translation>图片 (*.png)</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>固定</translation>
    </message>
    <message>
      <source>Pinned</source>
      <translation>已固定</translation>
    </message>
    <message>
      <source>Pixels with FeO</source>
      <translation>有 FeO 值的像元数</translation>
    </message>
    <message>
      <source>Pixels with FeO and with TiO2.</source>
      <translation>有 FeO 值和有 TiO2 值的像元数。</translation>
    </message>
    <message>
      <source>Pixels with TiO2</source>
      <translation>有 TiO2 值的像元数</translation>
    </message>
    <message>
      <source>Pixels with a basalt class (FeO from 11 wt% on).</source>
      <translation>有玄武岩类型的像元数（FeO 自 11 wt% 起）。</translation>
    </message>
    <message>
      <source>Pixels with a highland rock type.</source>
      <translation>有高地岩石类型的像元数。</translation>
    </message>
    <message>
      <source>Pixels with a prediction.</source>
      <translation>有预测值的像元数。</translation>
    </message>
    <message>
      <source>Pixels with products</source>
      <translation>有产品的像元数</translation>
    </message>
    <message>
      <source>Pixels with products.</source>
      <translation>有产品的像元数。</translation>
    </message>
    <message>
      <source>Places</source>
      <translation>位置数</translation>
    </message>
    <message>
      <source>Places explained.</source>
      <translation>已解释的位置数。</translation>
    </message>
    <message>
      <source>Places to explain, in a lunar CRS. Leave empty to explain the whole raster at reduced sampling.</source>
      <translation>要解释的位置，使用月球坐标系。留空则以降采样方式解释整幅栅格。</translation>
    </message>
    <message>
      <source>Plag. ≤</source>
      <translation>斜长石 ≤</translation>
    </message>
    <message>
      <source>Point on the map</source>
      <translation>地图上的点</translation>
    </message>
    <message>
      <source>Point {number}</source>
      <translation>点 {number}</translation>
    </message>
    <message>
      <source>Points (the whole raster if empty)</source>
      <translation>点（留空则为整幅栅格）</translation>
    </message>
    <message>
      <source>Points in lunar longitude and latitude (IAU_2015:30100).</source>
      <translation>以月球经纬度表示的点（IAU_2015:30100）。</translation>
    </message>
    <message>
      <source>Points left out</source>
      <translation>略去的点数</translation>
    </message>
    <message>
      <source>Points off the raster or on pixels without valid reflectance.</source>
      <translation>位于栅格之外或没有有效反射率的像元上的点数。</translation>
    </message>
    <message>
      <source>Points with measured, predicted, sigma and residual (predicted minus measured) of each oxide in wt%, residual over sigma (z), seen_in_training, quality and n_pixels.</source>
      <translation>点图层，含每种氧化物的实测值、预测值、sigma 和残差（预测减实测），单位 wt%，以及残差与 sigma 之比（z）、seen_in_training、quality 和 n_pixels。</translation>
    </message>
    <message>
      <source>Points with, for each oxide, prediction, sigma, the reference's prediction, the attribution of each band (wt%) and the strongest band; and the three nearest stations with distance (above 1: not near) and measured composition.</source>
      <translation>点图层，对每种氧化物给出预测值、sigma、参照光谱的预测值、各波段的归因（wt%）和最强波段；并给出三个最近站点的距离（大于 1：不相近）和实测成分。</translation>
    </message>
    <message>
      <source>Predict</source>
      <translation>预测</translation>
    </message>
    <message>
      <source>Predict a raster, or add a prediction to the project.</source>
      <translation>请先预测一幅栅格，或向工程中添加预测结果。</translation>
    </message>
    <message>
      <source>Predict oxides</source>
      <translation>预测氧化物</translation>
    </message>
    <message>
      <source>Predict …</source>
      <translation>预测 …</translation>
    </message>
    <message>
      <source>Predicted oxides</source>
      <translation>预测的氧化物</translation>
    </message>
    <message>
      <source>Predicting six oxides ...</source>
      <translation>正在预测六种氧化物 …</translation>
    </message>
    <message>
      <source>Prediction</source>
      <translation>预测图</translation>
    </message>
    <message>
      <source>Prediction check</source>
      <translation>预测检验</translation>
    </message>
    <message>
      <source>Prediction needs the Python package onnxruntime, which QGIS's Python {version} cannot import ({reason}): install it with Lunar Oxide &gt; Packages in QGIS's menu, or with 'python3 -m pip install --no-deps onnxruntime' for that Python, and try again.</source>
      <translation>预测需要 Python 软件包 onnxruntime，而 QGIS 的 Python {version} 无法导入它（{reason}）：请用 QGIS 菜单中的 Lunar Oxide &gt; 软件包安装，或为该 Python 运行 'python3 -m pip install --no-deps onnxruntime'，然后重试。</translation>
    </message>
    <message>
      <source>Processing does not know 'Predict oxides': enable it.</source>
      <translation>“处理”框架中没有“预测氧化物”：请启用该算法提供者。</translation>
    </message>
    <message>
      <source>Python packages</source>
      <translation>Python 软件包</translation>
    </message>
    <message>
      <source>Python wheels (*.whl)</source>
      <translation>Python wheel 文件 (*.whl)</translation>
    </message>
    <message>
      <source>QGIS knows no way from the map's CRS to that of {layer} ({reason}): set a lunar CRS for the project.</source>
      <translation>QGIS 无法从地图坐标系转换到 {layer} 的坐标系（{reason}）：请为工程设置月球坐标系。</translation>
    </message>
    <message>
      <source>QGIS shows the file elsewhere, so give its true longitudes, or no extent</source>
      <translation>QGIS 将该文件显示在别处，因此请给出其真实经度，或不给范围</translation>
    </message>
    <message>
      <source>Quality flags</source>
      <translation>质量标记</translation>
    </message>
    <message>
      <source>Quality flags: bits that add up; the colour is that of the highest bit.</source>
      <translation>质量标记：各位可累加；颜色取最高位。</translation>
    </message>
    <message>
      <source>Raster</source>
      <translation>栅格</translation>
    </message>
    <message>
      <source>Raster band</source>
      <translation>栅格波段</translation>
    </message>
    <message>
      <source>Raster band numbers in the model's order (bundled models: 414, 749, 901, 950, 1001, 1049, 1248, 1548 nm). Leave empty to find them by wavelength or name; the log shows which was taken and how far it is off.</source>
      <translation>按模型顺序给出的栅格波段号（内置模型：414、749、901、950、1001、1049、1248、1548 nm）。留空则按波长或名称查找；日志会说明选用了哪些波段、波长相差多少。</translation>
    </message>
    <message>
      <source>Raster band numbers in the model's order; leave empty to find them by wavelength or name. Needed for model files that do not describe themselves.</source>
      <translation>按模型顺序给出的栅格波段号；留空则按波长或名称查找。对没有自我描述的模型文件是必需的。</translation>
    </message>
    <message>
      <source>Raster band numbers in this order - MI: 414, 749, 950, 1049, 1248, 1548 nm; Clementine: 415, 750, 950 nm. Fewer give fewer parameters. Leave empty to find them by wavelength or name.</source>
      <translation>按此顺序给出栅格波段号 - MI:414、749、950、1049、1248、1548 nm;Clementine:415、750、950 nm。波段较少则得到的参数较少。留空则按波长或名称查找。</translation>
    </message>
    <message>
      <source>Raster band {0}{1} would serve both {2} and {3}: the raster lacks one of them.</source>
      <translation>栅格波段 {0}{1} 将同时用作 {2} 和 {3}：该栅格缺少其中之一。</translation>
    </message>
    <message>
      <source>Rasters of the data type {0} cannot be put into a mosaic.</source>
      <translation>数据类型为 {0} 的栅格不能放入镶嵌图。</translation>
    </message>
    <message>
      <source>Read: every {step:.1f}th pixel each way of {total}.</source>
      <translation>已读取：{total} 个像元，行列方向各每隔 {step:.1f} 个取一个。</translation>
    </message>
    <message>
      <source>Reading the scatter view</source>
      <translation>正在读取散点图数据</translation>
    </message>
    <message>
      <source>Reading …</source>
      <translation>正在读取 …</translation>
    </message>
    <message>
      <source>Reasons to look at a sample again.</source>
      <translation>需要重新核查某个样品的理由。</translation>
    </message>
    <message>
      <source>Rectangle</source>
      <translation>矩形</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>参照</translation>
    </message>
    <message>
      <source>Reference map</source>
      <translation>参照图</translation>
    </message>
    <message>
      <source>Refine model</source>
      <translation>改进模型</translation>
    </message>
    <message>
      <source>Refined model</source>
      <translation>改进后的模型</translation>
    </message>
    <message>
      <source>Reflectance at i=30, e=0, g=30 degrees: an MI_MAP tile, a Clementine UVVIS mosaic, or any raster with wavelengths in its metadata or band names.</source>
      <translation>i=30、e=0、g=30 度下的反射率：MI_MAP 图幅、Clementine UVVIS 镶嵌图，或元数据、波段名中带有波长的任意栅格。</translation>
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers (MI_MAP products: 0.00002)</source>
      <translation>栅格数值每一级对应的反射率（MI_MAP 产品：0.00002）</translation>
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers, replacing the bands' own scale (MI_MAP: 0.00002). Leave empty to use what the file says.</source>
      <translation>栅格数值每一级对应的反射率，代替波段自带的缩放系数（MI_MAP:0.00002）。留空则采用文件中的值。</translation>
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers, replacing the bands' own scale (MI_MAP: 0.00002; Clementine UVVIS mosaic: 0.00013500004).</source>
      <translation>栅格数值每一级对应的反射率，代替波段自带的缩放系数（MI_MAP:0.00002;Clementine UVVIS 镶嵌图：0.00013500004）。</translation>
    </message>
    <message>
      <source>Reflectance offset</source>
      <translation>反射率偏移量</translation>
    </message>
    <message>
      <source>Reflectance raster</source>
      <translation>反射率栅格</translation>
    </message>
    <message>
      <source>Reflectance raster that the spectra are read from: the sensor and product that the model was trained for. Leave empty where the sites carry columns r414, r749, r901, r950, r1001, r1049, r1248, r1548 (reflectance as a fraction).</source>
      <translation>读取光谱的反射率栅格：须为模型训练所用的传感器和产品。若采样点带有 r414、r749、r901、r950、r1001、r1049、r1248、r1548 列（以小数表示的反射率），则留空。</translation>
    </message>
    <message>
      <source>Reflectance raster: an MI_MAP tile (.lbl, or .img of version 2), a mosaic, or any raster with wavelengths in its metadata or band names. Scale, offset and nodata of each band are applied; the MI codes for invalid pixels are masked.</source>
      <translation>反射率栅格：MI_MAP 图幅（.lbl，或第 2 版的 .img）、镶嵌图，或元数据、波段名中带有波长的任意栅格。各波段的缩放系数、偏移量和无效值会自动应用；MI 的无效像元代码会被掩膜。</translation>
    </message>
    <message>
      <source>Reflectance scale</source>
      <translation>反射率缩放系数</translation>
    </message>
    <message>
      <source>Reflectance where the raster's number is zero</source>
      <translation>栅格数值为零时的反射率</translation>
    </message>
    <message>
      <source>Reflectance where the raster's number is zero, replacing the bands' own offset (Clementine UVVIS mosaic: 6.3422227e-8).</source>
      <translation>栅格数值为零时的反射率，代替波段自带的偏移量（Clementine UVVIS 镶嵌图：6.3422227e-8）。</translation>
    </message>
    <message>
      <source>Reflectance where the raster's number is zero, replacing the bands' own offset.</source>
      <translation>栅格数值为零时的反射率，代替波段自带的偏移量。</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove model</source>
      <translation>移除模型</translation>
    </message>
    <message>
      <source>Remove the region and its pixels on the map</source>
      <translation>移除该区域及其在地图上的像元</translation>
    </message>
    <message>
      <source>Remove the selected pins</source>
      <translation>移除选中的固定点</translation>
    </message>
    <message>
      <source>Removed {folder}. Restart QGIS to be rid of it.</source>
      <translation>已移除 {folder}。重启 QGIS 后完全生效。</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>报告</translation>
    </message>
    <message>
      <source>Reports need the Python package Jinja2, which cannot be imported here ({0}): install it into QGIS's Python (Debian and Ubuntu: apt install python3-jinja2; OSGeo4W shell: python -m pip install jinja2) and start QGIS again, or run without the report.</source>
      <translation>报告需要 Python 软件包 Jinja2，而此处无法导入它（{0}）：请将其安装到 QGIS 的 Python 中（Debian 和 Ubuntu:apt install python3-jinja2;OSGeo4W shell:python -m pip install jinja2）并重启 QGIS，或不带报告运行。</translation>
    </message>
    <message>
      <source>Restart QGIS to use it in place of the one loaded before.</source>
      <translation>重启 QGIS 后即可用它代替先前加载的版本。</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Row {0} of {1} has {2} values, its header {3} columns, separated by {4}: put texts and numbers that hold this sign in quotation marks, or save the table with another separator.</source>
      <translation>{1} 的第 {0} 行有 {2} 个值，而表头有 {3} 列，分隔符为 {4}：请将含有该符号的文字和数字放入引号，或用其他分隔符保存表格。</translation>
    </message>
    <message>
      <source>Row {number} ({station_id}) left out: {reason}.</source>
      <translation>第 {number} 行（{station_id}）已略去：{reason}。</translation>
    </message>
    <message>
      <source>Row {number} not used: {reason}.</source>
      <translation>第 {number} 行未使用：{reason}。</translation>
    </message>
    <message>
      <source>SELENE/Kaguya Multiband Imager</source>
      <translation>SELENE/Kaguya 多波段成像仪</translation>
    </message>
    <message>
      <source>SHA-256</source>
      <translation>SHA-256</translation>
    </message>
    <message>
      <source>Sample sites</source>
      <translation>采样点</translation>
    </message>
    <message>
      <source>Sample sites (bundled sites if empty)</source>
      <translation>采样点（留空则用内置采样点）</translation>
    </message>
    <message>
      <source>Samples added</source>
      <translation>新增样品数</translation>
    </message>
    <message>
      <source>Samples that the model was refined with.</source>
      <translation>用于改进模型的样品数。</translation>
    </message>
    <message>
      <source>Save as a CSV file</source>
      <translation>保存为 CSV 文件</translation>
    </message>
    <message>
      <source>Save readings</source>
      <translation>保存读数</translation>
    </message>
    <message>
      <source>Save the chart</source>
      <translation>保存图表</translation>
    </message>
    <message>
      <source>Save the chart as a picture (PNG)</source>
      <translation>将图表保存为图片（PNG）</translation>
    </message>
    <message>
      <source>Says which bands carry the prediction of each oxide, at points or over a raster at reduced sampling: by how many wt% each band moves the prediction away from a reference spectrum, by default that of the three most similar sampled soils. Names these stations with their measured composition. An attribution tells how the model uses reflectance, not that a mineral causes it.</source>
      <translation>说明各氧化物的预测由哪些波段决定，可针对点，也可对整幅栅格降采样：给出每个波段使预测值偏离参照光谱多少 wt%，默认参照为光谱最相似的三处已采样月壤。列出这些站点及其实测成分。归因说明的是模型如何使用反射率，并不表示某种矿物是其成因。</translation>
    </message>
    <message>
      <source>Scale</source>
      <translation>缩放系数</translation>
    </message>
    <message>
      <source>Scale and offset</source>
      <translation>缩放与偏移</translation>
    </message>
    <message>
      <source>Scale of the reference</source>
      <translation>参照图的缩放</translation>
    </message>
    <message>
      <source>Scatter</source>
      <translation>散点图</translation>
    </message>
    <message>
      <source>Seen in training</source>
      <translation>参与过训练</translation>
    </message>
    <message>
      <source>Self-contained HTML page.</source>
      <translation>自包含的 HTML 页面。</translation>
    </message>
    <message>
      <source>Self-contained HTML page: a chart for each oxide, nearest stations.</source>
      <translation>自包含的 HTML 页面：每种氧化物一幅图，以及最近站点。</translation>
    </message>
    <message>
      <source>Self-contained HTML report.</source>
      <translation>自包含的 HTML 报告。</translation>
    </message>
    <message>
      <source>Self-contained HTML report: metrics with intervals, plots, map, all sites, skipped ones and why, and the command to repeat it. Prints, and reads on a phone.</source>
      <translation>自包含的 HTML 报告：带置信区间的指标、图表、地图、全部采样点、被跳过的采样点及原因，以及重现该报告的命令。可打印，也可在手机上阅读。</translation>
    </message>
    <message>
      <source>Self-contained HTML report: verdicts, samples, doubts, lineage.</source>
      <translation>自包含的 HTML 报告：结论、样品、疑点、来源谱系。</translation>
    </message>
    <message>
      <source>Sensor</source>
      <translation>传感器</translation>
    </message>
    <message>
      <source>Sensor used</source>
      <translation>所用传感器</translation>
    </message>
    <message>
      <source>Set as default</source>
      <translation>设为默认</translation>
    </message>
    <message>
      <source>Settings ...</source>
      <translation>设置 …</translation>
    </message>
    <message>
      <source>Shapley values: add up to the prediction less the reference's, and ask the model only about plausible spectra. Occlusion: what only this band knows; quick. Integrated gradients: for comparison; neighbouring bands get large shares that cancel.</source>
      <translation>Shapley 值：其和等于预测值减去参照光谱的预测值，且只向模型询问合理的光谱。遮挡法：只有该波段才含有的信息；速度快。积分梯度：供比较；相邻波段会得到相互抵消的大份额。</translation>
    </message>
    <message>
      <source>Share of a cell that the finer map must cover with valid pixels, in percent; other cells are left out.</source>
      <translation>较细的图须以有效像元覆盖单元的百分比；其余单元略去。</translation>
    </message>
    <message>
      <source>Show or hide the Lunar Oxide panel</source>
      <translation>显示或隐藏 Lunar Oxide 面板</translation>
    </message>
    <message>
      <source>Show where the file is</source>
      <translation>显示文件所在位置</translation>
    </message>
    <message>
      <source>Sites</source>
      <translation>采样点数</translation>
    </message>
    <message>
      <source>Sites compared.</source>
      <translation>参与比较的采样点数。</translation>
    </message>
    <message>
      <source>Sites: {note}.</source>
      <translation>采样点：{note}。</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Skipped {station_id}: {reason}.</source>
      <translation>已跳过 {station_id}：{reason}。</translation>
    </message>
    <message>
      <source>Something failed that should not ({kind}: {summary}): please report it with the messages under '{log_tag}' in QGIS's log panel.</source>
      <translation>发生了不应出现的错误（{kind}：{summary}）：请连同 QGIS 日志面板中“{log_tag}”下的信息一起反馈。</translation>
    </message>
    <message>
      <source>Something unforeseen went wrong ({error}); the log 'Lunar Oxide' has the details.</source>
      <translation>发生了未预料的错误（{error}）；详情见日志“Lunar Oxide”。</translation>
    </message>
    <message>
      <source>Source:</source>
      <translation>来源：</translation>
    </message>
    <message>
      <source>South Pole-Aitken: ellipse of {0}; elsewhere maria where the {1} on the common grid is at least {2} {3} ({4}), highlands below: a criterion of composition, no geological boundary</source>
      <translation>南极-艾特肯盆地：{0} 的椭圆；其余地区在公共网格上 {1} 不低于 {2} {3}（{4}）者为月海，低于者为高地：这是成分判据，不是地质界线</translation>
    </message>
    <message>
      <source>South Pole-Aitken: ellipse of {0}; no FeO to tell maria by</source>
      <translation>南极-艾特肯盆地：{0} 的椭圆；没有 FeO，无法区分月海</translation>
    </message>
    <message>
      <source>Spectral parameters</source>
      <translation>光谱参数</translation>
    </message>
    <message>
      <source>Spectrum</source>
      <translation>光谱</translation>
    </message>
    <message>
      <source>Spectrum under the pointer</source>
      <translation>指针处的光谱</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Sum</source>
      <translation>总和</translation>
    </message>
    <message>
      <source>Sum of six oxides</source>
      <translation>六种氧化物之和</translation>
    </message>
    <message>
      <source>THREADS is {0}: give 1 to {1}, or leave it empty.</source>
      <translation>THREADS 为 {0}：请给 1 至 {1}，或留空。</translation>
    </message>
    <message>
      <source>Table of metrics</source>
      <translation>指标表</translation>
    </message>
    <message>
      <source>Table of sites</source>
      <translation>采样点表</translation>
    </message>
    <message>
      <source>Tables (*.csv)</source>
      <translation>表格 (*.csv)</translation>
    </message>
    <message>
      <source>Taurus-Littrow reflectance (interpolated between stations)</source>
      <translation>陶拉斯-利特罗反射率（站点之间插值）</translation>
    </message>
    <message>
      <source>The CRS assigned to {0} cannot be used ({1}): assign another one.</source>
      <translation>为 {0} 指定的坐标系不能使用（{1}）：请另行指定。</translation>
    </message>
    <message>
      <source>The CRS of {0} cannot be written: {1}.</source>
      <translation>无法写出 {0} 的坐标系：{1}。</translation>
    </message>
    <message>
      <source>The Dask scheduler {0} cannot be reached ({1}): check the address and that it runs.</source>
      <translation>无法连接 Dask 调度器 {0}（{1}）：请检查地址以及它是否在运行。</translation>
    </message>
    <message>
      <source>The bundled scene cannot be loaded: install the plugin again.</source>
      <translation>无法加载内置场景：请重新安装插件。</translation>
    </message>
    <message>
      <source>The check was cancelled.</source>
      <translation>检验已取消。</translation>
    </message>
    <message>
      <source>The chosen model is gone: choose another.</source>
      <translation>所选模型已不存在：请另选一个。</translation>
    </message>
    <message>
      <source>The classical formulas do not hold above {0} degrees latitude ({1}): read their values there with care.</source>
      <translation>经典公式在纬度 {0} 度以上不成立（{1}）：阅读那里的数值时须谨慎。</translation>
    </message>
    <message>
      <source>The cluster {0} has no workers: waiting for one; start 'dask worker' with that address, or cancel.</source>
      <translation>集群 {0} 没有工作进程：正在等待；请用该地址启动 'dask worker'，或取消。</translation>
    </message>
    <message>
      <source>The column {0} could hold all iron or ferric iron only: call it Fe2O3T if it is all iron, or give FeO.</source>
      <translation>列 {0} 可能表示全铁，也可能只表示三价铁：若为全铁请改名为 Fe2O3T，或给出 FeO。</translation>
    </message>
    <message>
      <source>The column {0} could hold {1} or percent of the value: call it {2}_sigma_wt, in {3}.</source>
      <translation>列 {0} 可能是 {1}，也可能是数值的百分比：请改名为 {2}_sigma_wt，单位 {3}。</translation>
    </message>
    <message>
      <source>The column {0} gives the uncertainty of {1} but {2} holds {3}: give both as the same.</source>
      <translation>列 {0} 给出 {1} 的不确定度，但 {2} 中是 {3}：请使两者一致。</translation>
    </message>
    <message>
      <source>The column {0} has no number above 1, which can be mass fractions or {1}: say which with COLUMNS, {2} (fraction)={3} or {4} ({5})={6}.</source>
      <translation>列 {0} 中没有大于 1 的数，可能是质量分数，也可能是 {1}：请用 COLUMNS 说明是哪一种，{2} (fraction)={3} 或 {4} ({5})={6}。</translation>
    </message>
    <message>
      <source>The column {0} names two units or two kinds of error: name it like {1} ({2}) or {3}_sigma.</source>
      <translation>列 {0} 含有两种单位或两种误差：请按 {1}（{2}）或 {3}_sigma 的形式命名。</translation>
    </message>
    <message>
      <source>The columns {0} and {1} could both be {2}: keep one of them, or say which with COLUMNS, e.g. {3}={4}.</source>
      <translation>列 {0} 和 {1} 都可能是 {2}：请只保留一列，或用 COLUMNS 指明，例如 {3}={4}。</translation>
    </message>
    <message>
      <source>The columns {0} could both be the {1}: keep one of them, or say which with COLUMNS, e.g. {2}={3}.</source>
      <translation>列 {0} 都可能是 {1}：请只保留一列，或用 COLUMNS 指明，例如 {2}={3}。</translation>
    </message>
    <message>
      <source>The comparison was cancelled.</source>
      <translation>比较已取消。</translation>
    </message>
    <message>
      <source>The computation was cancelled.</source>
      <translation>计算已取消。</translation>
    </message>
    <message>
      <source>The connection to the cluster's scheduler was lost: start it again and run the same command; finished shards are kept.</source>
      <translation>与集群调度器的连接已断开：请重新启动它并运行相同的命令；已完成的分片会保留。</translation>
    </message>
    <message>
      <source>The demo needs {packages}: install it first (Packages ...).</source>
      <translation>演示需要 {packages}：请先安装（软件包 …）。</translation>
    </message>
    <message>
      <source>The demo stopped: {reason}</source>
      <translation>演示已中止：{reason}</translation>
    </message>
    <message>
      <source>The demo was stopped.</source>
      <translation>演示已停止。</translation>
    </message>
    <message>
      <source>The device {0} answers otherwise than the CPU (by up to {1} wt% on test spectra): choose the CPU.</source>
      <translation>设备 {0} 的结果与 CPU 不同（测试光谱上相差达 {1} wt%）：请选择 CPU。</translation>
    </message>
    <message>
      <source>The device {0} cannot be started (driver or libraries are missing or do not fit): choose the CPU.</source>
      <translation>无法启动设备 {0}（驱动或库缺失，或不匹配）：请选择 CPU。</translation>
    </message>
    <message>
      <source>The diagnostics are in the clipboard.</source>
      <translation>诊断信息已复制到剪贴板。</translation>
    </message>
    <message>
      <source>The disk is full: {0} cannot be completed; make room or choose another output folder.</source>
      <translation>磁盘已满：无法完成 {0}；请清理空间或另选输出文件夹。</translation>
    </message>
    <message>
      <source>The disk is full: {0} cannot be completed; what is computed is kept in {1} beside it: make room and run the same command again to go on.</source>
      <translation>磁盘已满：无法完成 {0}；已计算的部分保存在其旁的 {1} 中：请清理空间后再次运行相同的命令以继续。</translation>
    </message>
    <message>
      <source>The disk of {folder} has {free} MB free and {needed} MB are needed: make room and try again.</source>
      <translation>{folder} 所在磁盘剩余 {free} MB，而需要 {needed} MB：请腾出空间后重试。</translation>
    </message>
    <message>
      <source>The explanation was cancelled.</source>
      <translation>解释已取消。</translation>
    </message>
    <message>
      <source>The expression of {name} cannot be evaluated ({reason}): correct it.</source>
      <translation>{name} 的表达式无法求值（{reason}）：请更正。</translation>
    </message>
    <message>
      <source>The extent reaches across the edge of {0}'s projection, where the map is torn: give one extent on either side of the edge, and map them one by one.</source>
      <translation>范围跨越了 {0} 投影的边缘，地图在那里断开：请在边缘两侧各给一个范围，分别成图。</translation>
    </message>
    <message>
      <source>The extent reaches across the edge of {0}, to both of its ends: one map cannot hold them. Map the parts one by one; in the raster's CRS they are (xmin, ymin, xmax, ymax) {1}.</source>
      <translation>范围跨越 {0} 的边缘，伸到其两端：一幅图无法容纳。请将各部分分别成图；在栅格的坐标系中它们是 (xmin, ymin, xmax, ymax) {1}。</translation>
    </message>
    <message>
      <source>The extent with xmin {0}, xmax {1}, ymin {2}, ymax {3} is none: the lower end of each must be the smaller number (QGIS writes xmin,xmax,ymin,ymax, the command line takes XMIN YMIN XMAX YMAX).</source>
      <translation>xmin {0}、xmax {1}、ymin {2}、ymax {3} 不是范围：每一对中下限须为较小的数（QGIS 写作 xmin,xmax,ymin,ymax，命令行为 XMIN YMIN XMAX YMAX）。</translation>
    </message>
    <message>
      <source>The extent {0} does not meet {1}: {2}.</source>
      <translation>范围 {0} 与 {1} 不相交：{2}。</translation>
    </message>
    <message>
      <source>The extent {extent!r} holds {text!r}, which is no number.</source>
      <translation>范围 {extent!r} 中的 {text!r} 不是数字。</translation>
    </message>
    <message>
      <source>The extent {extent!r} names a CRS that QGIS does not know: give one such as IAU_2015:30100.</source>
      <translation>范围 {extent!r} 所写的坐标系 QGIS 不认识：请给出如 IAU_2015:30100 的坐标系。</translation>
    </message>
    <message>
      <source>The file says of its values: {origin}</source>
      <translation>文件对其数值的说明：{origin}</translation>
    </message>
    <message>
      <source>The file says of its values: {origin}.</source>
      <translation>文件对其数值的说明：{origin}。</translation>
    </message>
    <message>
      <source>The folder {0} cannot be made: {1}.</source>
      <translation>无法创建文件夹 {0}：{1}。</translation>
    </message>
    <message>
      <source>The header of {0} lists {1} wavelengths for {2} bands (a decimal comma counts as two): correct its list.</source>
      <translation>{0} 的头文件为 {2} 个波段列出了 {1} 个波长（小数逗号会算作两个数）：请更正该列表。</translation>
    </message>
    <message>
      <source>The installed ONNX Runtime does not offer the device {0}: choose {1}, or install the ONNX Runtime made for it.</source>
      <translation>已安装的 ONNX Runtime 不提供设备 {0}：请选择 {1}，或安装支持它的 ONNX Runtime。</translation>
    </message>
    <message>
      <source>The label of {0} cannot be read where it lies, and GDAL alone may mirror its longitude: copy the file and its label to this computer.</source>
      <translation>无法在原处读取 {0} 的标签，而仅凭 GDAL 可能会使其经度镜像：请将该文件及其标签复制到本机。</translation>
    </message>
    <message>
      <source>The label of {0} says no longitudes, and GDAL mirrors those of some products of its instrument: complete the label (WESTERNMOST_LONGITUDE ...), or give a copy a georeference of its own (gdal_translate -a_ullr).</source>
      <translation>{0} 的标签没有给出经度，而 GDAL 会使该仪器某些产品的经度镜像：请补全标签（WESTERNMOST_LONGITUDE …），或为一份副本赋予自己的地理参考（gdal_translate -a_ullr）。</translation>
    </message>
    <message>
      <source>The layer of points</source>
      <translation>点图层</translation>
    </message>
    <message>
      <source>The layer of points has no CRS: assign the lunar CRS of its coordinates, e.g. IAU_2015:30100.</source>
      <translation>点图层没有坐标系：请指定其坐标所用的月球坐标系，例如 IAU_2015:30100。</translation>
    </message>
    <message>
      <source>The layer of points is empty: add points or leave it out.</source>
      <translation>点图层为空：请添加点，或不指定该图层。</translation>
    </message>
    <message>
      <source>The layer of sample sites is empty: choose one with sites.</source>
      <translation>采样点图层为空：请选择含有采样点的图层。</translation>
    </message>
    <message>
      <source>The layer {name} comes from the provider {providertype!r}: save it as a raster file first.</source>
      <translation>图层 {name} 来自数据提供者 {providertype!r}：请先另存为栅格文件。</translation>
    </message>
    <message>
      <source>The layer {name} has a CRS, nodata or open options of its own, which a mosaic of files cannot keep: set them on the mosaic, and give the file itself here.</source>
      <translation>图层 {name} 带有自己的坐标系、无效值或打开选项，文件的镶嵌无法保留它们：请在镶嵌结果上设置，此处直接给出文件。</translation>
    </message>
    <message>
      <source>The layer {name} is opened with credentials that only QGIS has: save it as a raster file first.</source>
      <translation>图层 {name} 是用只有 QGIS 持有的凭据打开的：请先另存为栅格文件。</translation>
    </message>
    <message>
      <source>The map is empty: every pixel of the raster is no data, shadow, saturated, or no reflectance that rock can have; check its bands, its scale and the extent.</source>
      <translation>图件为空：栅格的每个像元都是无数据、阴影、饱和，或岩石不可能有的反射率；请检查其波段、缩放和范围。</translation>
    </message>
    <message>
      <source>The map shows no part of the prediction.</source>
      <translation>地图视图中没有预测结果的任何部分。</translation>
    </message>
    <message>
      <source>The map to compare with. Its grid is used if it is the coarser one.</source>
      <translation>用来比较的图。若它较粗，则采用它的网格。</translation>
    </message>
    <message>
      <source>The maps have the raster's pixels, but no place on the Moon: {0}</source>
      <translation>图件沿用栅格的像元，但在月面上没有位置：{0}</translation>
    </message>
    <message>
      <source>The means differ much ({0} and {1} {2}): check what the numbers are (oxide or element, {3} or ppm) and their scale.</source>
      <translation>两者的平均值相差很大（{0} 与 {1} {2}）：请检查数值是什么（氧化物或元素，{3} 或 ppm）及其缩放。</translation>
    </message>
    <message>
      <source>The memory does not suffice for this: close other programs or map a smaller extent.</source>
      <translation>内存不足：请关闭其他程序，或缩小成图范围。</translation>
    </message>
    <message>
      <source>The menu Raster &gt; Lunar Oxide brings the welcome back</source>
      <translation>可从菜单 栅格 &gt; Lunar Oxide 重新打开欢迎界面</translation>
    </message>
    <message>
      <source>The metrics as CSV, one row for each group of sites and oxide.</source>
      <translation>指标的 CSV，每组采样点的每种氧化物一行。</translation>
    </message>
    <message>
      <source>The metrics of all parts as CSV.</source>
      <translation>各部分指标的 CSV。</translation>
    </message>
    <message>
      <source>The middle 90 % of the pixels: {low:.2f} to {high:.2f} {unit}</source>
      <translation>像元的中间 90 %：{low:.2f} 至 {high:.2f} {unit}</translation>
    </message>
    <message>
      <source>The model cannot tell spectra unlike its training.</source>
      <translation>该模型无法识别与训练光谱不相似的光谱。</translation>
    </message>
    <message>
      <source>The model does not tell whether it knows such spectra</source>
      <translation>该模型未说明是否见过此类光谱</translation>
    </message>
    <message>
      <source>The model file does not describe itself: what its inputs and outputs are is your word.</source>
      <translation>模型文件没有自我描述：其输入和输出的含义由您自行判断。</translation>
    </message>
    <message>
      <source>The model file {0} cannot be read: {1}.</source>
      <translation>无法读取模型文件 {0}：{1}。</translation>
    </message>
    <message>
      <source>The model file {0} is no file: choose an .onnx file.</source>
      <translation>模型文件 {0} 不是文件：请选择 .onnx 文件。</translation>
    </message>
    <message>
      <source>The model gives no uncertainty.</source>
      <translation>该模型不给出不确定度。</translation>
    </message>
    <message>
      <source>The model has seen every compared site in training, or its training is unknown: these figures show the fit and validate nothing.</source>
      <translation>参与比较的采样点全部用于训练过该模型，或其训练数据不明：这些指标只反映拟合程度，不构成任何验证。</translation>
    </message>
    <message>
      <source>The model {0} does not describe its bands: give BANDS, the raster band numbers for its {1} inputs in order.</source>
      <translation>模型 {0} 没有描述其波段：请用 BANDS 依次给出其 {1} 个输入对应的栅格波段号。</translation>
    </message>
    <message>
      <source>The model's title.</source>
      <translation>模型的标题。</translation>
    </message>
    <message>
      <source>The mosaic was cancelled.</source>
      <translation>镶嵌已取消。</translation>
    </message>
    <message>
      <source>The names {0}.part to {1}.{2}.part beside the output are taken by other files: move them or choose another output folder.</source>
      <translation>输出旁的文件名 {0}.part 至 {1}.{2}.part 已被其他文件占用：请移走它们，或另选输出文件夹。</translation>
    </message>
    <message>
      <source>The output folder {0} does not exist: create it or choose another.</source>
      <translation>输出文件夹 {0} 不存在：请创建或另选一个。</translation>
    </message>
    <message>
      <source>The output {0} exists and is protected against writing: choose another name.</source>
      <translation>输出 {0} 已存在且有写保护：请另取名称。</translation>
    </message>
    <message>
      <source>The output {0} is a folder: give the name of a file.</source>
      <translation>输出 {0} 是文件夹：请给出文件名。</translation>
    </message>
    <message>
      <source>The output {0} is a link that leads nowhere: choose another.</source>
      <translation>输出 {0} 是指向不存在位置的链接：请另选。</translation>
    </message>
    <message>
      <source>The output {0} is an input of the same run, or belongs to one ({1}): choose another output file.</source>
      <translation>输出 {0} 是同一次运行的输入，或属于某个输入（{1}）：请另选输出文件。</translation>
    </message>
    <message>
      <source>The output {0} is no name of a file: choose another.</source>
      <translation>输出 {0} 不是文件名：请另选。</translation>
    </message>
    <message>
      <source>The output {0} is no ordinary file (a device or a pipe): choose another name.</source>
      <translation>输出 {0} 不是普通文件（而是设备或管道）：请另取名称。</translation>
    </message>
    <message>
      <source>The output {0} must be a GeoTIFF: give a name that ends in .tif.</source>
      <translation>输出 {0} 必须是 GeoTIFF：请使用以 .tif 结尾的文件名。</translation>
    </message>
    <message>
      <source>The output {0} must be a model file: give a name that ends in .onnx.</source>
      <translation>输出 {0} 必须是模型文件：请使用以 .onnx 结尾的名称。</translation>
    </message>
    <message>
      <source>The output {0} must be a virtual raster: end it in .vrt.</source>
      <translation>输出 {0} 必须是虚拟栅格：请以 .vrt 结尾。</translation>
    </message>
    <message>
      <source>The output {0} was not written completely: make room on the disk, or choose another folder, and run it again.</source>
      <translation>输出 {0} 没有完整写出：请清理磁盘空间或另选文件夹，然后重新运行。</translation>
    </message>
    <message>
      <source>The oxide to compare.</source>
      <translation>要比较的氧化物。</translation>
    </message>
    <message>
      <source>The picture {path} cannot be written ({reason}): choose another place.</source>
      <translation>无法写出图片 {path}（{reason}）：请另选位置。</translation>
    </message>
    <message>
      <source>The prediction was cancelled.</source>
      <translation>预测已取消。</translation>
    </message>
    <message>
      <source>The prediction was cancelled; finished shards are kept.</source>
      <translation>预测已取消；已完成的分片会保留。</translation>
    </message>
    <message>
      <source>The prediction was cancelled; what an earlier run left stays.</source>
      <translation>预测已取消；先前运行留下的内容保留。</translation>
    </message>
    <message>
      <source>The processor, or a GPU that this ONNX Runtime lists. A GPU is tried on a few spectra first and refused where it answers otherwise than the processor by 0.01 wt% or more.</source>
      <translation>处理器，或此 ONNX Runtime 列出的 GPU。GPU 先在少量光谱上试算，若与处理器的结果相差达到 0.01 wt% 则拒绝使用。</translation>
    </message>
    <message>
      <source>The raster has no CRS, so its points have no place on the Moon.</source>
      <translation>栅格没有坐标系，其像元无法对应到月面位置。</translation>
    </message>
    <message>
      <source>The raster has {0} band(s) but the model needs {1} ({2}): {3}.</source>
      <translation>栅格有 {0} 个波段，而模型需要 {1} 个（{2}）：{3}。</translation>
    </message>
    <message>
      <source>The raster says neither wavelengths nor band names that tell them: give BANDS, the raster band numbers for {0}, in this order{1}.</source>
      <translation>栅格既没有波长，也没有能说明波长的波段名：请用 BANDS 依次给出 {0} 对应的栅格波段号{1}。</translation>
    </message>
    <message>
      <source>The raster tells no wavelength of band(s) {numbers}: that they fit is your choice.</source>
      <translation>栅格没有给出波段 {numbers} 的波长：它们是否合适由您判断。</translation>
    </message>
    <message>
      <source>The raster tells no wavelengths; {0}, so that its bands are taken in that product's order (BANDS={1}): give BANDS if they stand in another.</source>
      <translation>栅格没有说明波长；{0}，因此按该产品的顺序使用其波段（BANDS={1}）：若波段顺序不同，请给出 BANDS。</translation>
    </message>
    <message>
      <source>The raster {0} does not exist: check the path.</source>
      <translation>栅格 {0} 不存在：请检查路径。</translation>
    </message>
    <message>
      <source>The raster {name}</source>
      <translation>栅格 {name}</translation>
    </message>
    <message>
      <source>The reading was cancelled.</source>
      <translation>读取已取消。</translation>
    </message>
    <message>
      <source>The refined model file (.onnx); use it like any other.</source>
      <translation>改进后的模型文件（.onnx）；用法与其他模型相同。</translation>
    </message>
    <message>
      <source>The refined model would be off by {0} wt% from its own arithmetic: {1} cannot be refined.</source>
      <translation>改进后的模型将与其自身的计算相差 {0} wt%：{1} 无法改进。</translation>
    </message>
    <message>
      <source>The refinement was cancelled.</source>
      <translation>改进已取消。</translation>
    </message>
    <message>
      <source>The reflectance raster that is predicted, as in 'Predict oxides'.</source>
      <translation>被预测的反射率栅格，同“预测氧化物”。</translation>
    </message>
    <message>
      <source>The row below the header gives {0} as the unit of {1}, which is not understood: write wt%, ppm, g/kg or fraction, for coordinates degrees, and convert the numbers if they are in another.</source>
      <translation>表头下一行将 {0} 作为 {1} 的单位，无法理解：请写 wt%、ppm、g/kg 或 fraction，坐标写 degrees；若数值采用其他单位，请先换算。</translation>
    </message>
    <message>
      <source>The same as JSON; docs/report_schema.md describes both.</source>
      <translation>同样内容的 JSON；两者的说明见 docs/report_schema.md。</translation>
    </message>
    <message>
      <source>The sample site table {0} cannot be read: {1}.</source>
      <translation>无法读取采样点表 {0}：{1}。</translation>
    </message>
    <message>
      <source>The sample site table {0} has no column {1}.</source>
      <translation>采样点表 {0} 缺少列 {1}。</translation>
    </message>
    <message>
      <source>The sample site table {0} holds a bad number: {1}.</source>
      <translation>采样点表 {0} 含有错误的数字：{1}。</translation>
    </message>
    <message>
      <source>The scale of {0} is {1}: give a number above 0 that turns the band's numbers into amounts, e.g. 0.01.</source>
      <translation>{0} 的缩放系数为 {1}：请给出大于 0 的数，把波段的数值换算为含量，例如 0.01。</translation>
    </message>
    <message>
      <source>The selection cannot be placed on the map's CRS ({reason}).</source>
      <translation>无法将所选区域转换到地图坐标系（{reason}）。</translation>
    </message>
    <message>
      <source>The sensor whose formulas were used.</source>
      <translation>所用公式对应的传感器。</translation>
    </message>
    <message>
      <source>The shard {0} was made, but is not seen from here: raster, model and output must have the same paths on this computer and on the workers.</source>
      <translation>分片 {0} 已生成，但从本机看不到：栅格、模型和输出在本机与各工作进程上的路径须相同。</translation>
    </message>
    <message>
      <source>The sites have neither geometry nor columns latitude and longitude: name them so (degrees, planetocentric latitude, east longitude), or say which they are with COLUMNS, e.g. latitude=Y; longitude=X.</source>
      <translation>采样点既没有几何，也没有 latitude 和 longitude 列：请如此命名（度，行星心纬度，东经），或用 COLUMNS 指明，例如 latitude=Y; longitude=X。</translation>
    </message>
    <message>
      <source>The sites have no oxide column among {0}: name them TiO2, FeO, Al2O3, MgO, CaO, SiO2 ({1}), or say which they are with COLUMNS, e.g. FeO=iron; remove remarks that stand above the header.</source>
      <translation>采样点的列 {0} 中没有氧化物：请命名为 TiO2、FeO、Al2O3、MgO、CaO、SiO2（{1}），或用 COLUMNS 指明，例如 FeO=iron；并删去表头上方的说明文字。</translation>
    </message>
    <message>
      <source>The spectra have no band at {0} nm.</source>
      <translation>光谱中没有 {0} nm 的波段。</translation>
    </message>
    <message>
      <source>The spectrum that a place is compared with. For a model whose bands the stations do not have it is the median of the raster.</source>
      <translation>用来与某一位置比较的光谱。若站点没有模型所需的波段，则为栅格的中位数。</translation>
    </message>
    <message>
      <source>The stations' spectra are all alike, so none is nearer than another.</source>
      <translation>各站点的光谱完全相同，因此无法区分远近。</translation>
    </message>
    <message>
      <source>The stations' spectra do not have the model's band {0}: they know {1} nm, so nearest stations cannot be given for this model.</source>
      <translation>站点光谱没有模型的波段 {0}：只有 {1} nm，因此无法为该模型给出最近站点。</translation>
    </message>
    <message>
      <source>The table of sites {0} cannot be read ({1}): check the path.</source>
      <translation>无法读取采样点表 {0}（{1}）：请检查路径。</translation>
    </message>
    <message>
      <source>The wavelengths of {0} ({1} nm) are not those of {2}: formulas of one sensor give wrong numbers on another's reflectance, and there are none here for others.</source>
      <translation>{0} 的波长（{1} nm）不是 {2} 的波长：一种传感器的公式用于另一种传感器的反射率会得到错误的数值，此处也没有其他传感器的公式。</translation>
    </message>
    <message>
      <source>The window of {0} pixels must be odd and positive, e.g. 3.</source>
      <translation>{0} 像元的窗口必须为正奇数，例如 3。</translation>
    </message>
    <message>
      <source>The {0} {1} cannot be written ({2}): check that the folder is writable, the disk has space, and neither another program nor a layer of an open project holds the file (remove the layer, or give another name).</source>
      <translation>无法写出 {0} {1}（{2}）：请检查文件夹是否可写、磁盘是否有空间，以及文件是否被其他程序或打开的工程中的图层占用（移除该图层，或另取名称）。</translation>
    </message>
    <message>
      <source>There is already a model named {name} ({path}): remove it first, or rename the file.</source>
      <translation>已有名为 {name} 的模型（{path}）：请先将其移除，或重命名文件。</translation>
    </message>
    <message>
      <source>There is no model named {name}.</source>
      <translation>没有名为 {name} 的模型。</translation>
    </message>
    <message>
      <source>There is no model {name}: choose one of {all}.</source>
      <translation>没有模型 {name}：请从 {all} 中选择。</translation>
    </message>
    <message>
      <source>There is no network here: install from a wheel file.</source>
      <translation>此处没有网络：请从 wheel 文件安装。</translation>
    </message>
    <message>
      <source>This GDAL cannot write {0} compression: choose another ({1}).</source>
      <translation>此 GDAL 不能写 {0} 压缩：请另选（{1}）。</translation>
    </message>
    <message>
      <source>This box lies outside {name}: drag it over the raster.</source>
      <translation>矩形框位于 {name} 之外：请在栅格上拖动。</translation>
    </message>
    <message>
      <source>This file has no description: it does not say which bands it takes, in which units, and how well it predicts. It has no uncertainty and no domain.</source>
      <translation>该文件没有描述：没有说明它使用哪些波段、采用什么单位以及预测效果如何。它没有不确定度，也没有适用域。</translation>
    </message>
    <message>
      <source>This layer is not a raster file: save it as one first.</source>
      <translation>此图层不是栅格文件：请先另存为文件。</translation>
    </message>
    <message>
      <source>This point lies outside {name}: click on the raster.</source>
      <translation>此点位于 {name} 之外：请在栅格上单击。</translation>
    </message>
    <message>
      <source>Threads</source>
      <translation>线程数</translation>
    </message>
    <message>
      <source>Threads of a prediction</source>
      <translation>预测使用的线程数</translation>
    </message>
    <message>
      <source>Threads that compute; leave empty for all cores that QGIS may use.</source>
      <translation>用于计算的线程数；留空则使用 QGIS 允许使用的全部核心。</translation>
    </message>
    <message>
      <source>TiO2 + FeO + Al2O3 + MgO + CaO + SiO2; the training soils have 97.5-100.2</source>
      <translation>TiO2 + FeO + Al2O3 + MgO + CaO + SiO2；训练月壤为 97.5-100.2</translation>
    </message>
    <message>
      <source>Tiles</source>
      <translation>图幅</translation>
    </message>
    <message>
      <source>Tiles in the mosaic.</source>
      <translation>镶嵌图中的图幅数。</translation>
    </message>
    <message>
      <source>Tiles one by one, instead of a folder or besides it: MI_MAP tiles, or any rasters of one kind on one pixel grid; where these overlap, the last one lies on top.</source>
      <translation>逐个给出的图幅，可代替文件夹，也可与之并用：MI_MAP 图幅，或位于同一像元网格上的同类栅格；重叠处后给出的在上。</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>标题</translation>
    </message>
    <message>
      <source>Title of the refined model</source>
      <translation>改进后模型的标题</translation>
    </message>
    <message>
      <source>Title of the refined model; empty for one made from the parent's and the samples.</source>
      <translation>改进后模型的标题；留空则由原模型和样品的名称生成。</translation>
    </message>
    <message>
      <source>To be installed</source>
      <translation>将要安装</translation>
    </message>
    <message>
      <source>Total pixels</source>
      <translation>像元总数</translation>
    </message>
    <message>
      <source>Training stations</source>
      <translation>训练站点</translation>
    </message>
    <message>
      <source>Training stations; -1 if the file does not say.</source>
      <translation>训练站点数；文件未说明时为 -1。</translation>
    </message>
    <message>
      <source>Trying {package} in a separate Python</source>
      <translation>正在独立的 Python 中试运行 {package}</translation>
    </message>
    <message>
      <source>Uncertainty</source>
      <translation>不确定度</translation>
    </message>
    <message>
      <source>Unexpected error ({error}); the log has the details.</source>
      <translation>意外错误（{error}）；详情见日志。</translation>
    </message>
    <message>
      <source>Unknown whether seen in training</source>
      <translation>是否参与训练未知</translation>
    </message>
    <message>
      <source>Unseen sites</source>
      <translation>未参与训练的采样点数</translation>
    </message>
    <message>
      <source>User guide</source>
      <translation>用户指南</translation>
    </message>
    <message>
      <source>Valid pixels</source>
      <translation>有效像元数</translation>
    </message>
    <message>
      <source>Validated on stations not seen: {protocol}</source>
      <translation>在未参与训练的站点上验证：{protocol}</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>结论</translation>
    </message>
    <message>
      <source>Virtual raster (.vrt). The tiles must stay where they are, seen from it.</source>
      <translation>虚拟栅格（.vrt）。图幅相对于它的位置不可改变。</translation>
    </message>
    <message>
      <source>Welcome and demo</source>
      <translation>欢迎与演示</translation>
    </message>
    <message>
      <source>Welcome to Lunar Oxide</source>
      <translation>欢迎使用 Lunar Oxide</translation>
    </message>
    <message>
      <source>What the prediction's numbers are.</source>
      <translation>预测图的数值是什么。</translation>
    </message>
    <message>
      <source>What the reference's numbers are. Elements are converted by molar mass (Fe x 1.2865 = FeO). Nothing is guessed: a band that does not say is refused until you do.</source>
      <translation>参照图的数值是什么。元素按摩尔质量换算（Fe x 1.2865 = FeO）。不作任何猜测：波段没有说明时，须由您指明，否则拒绝。</translation>
    </message>
    <message>
      <source>Wheel file of {package}</source>
      <translation>{package} 的 wheel 文件</translation>
    </message>
    <message>
      <source>Where the reflectance comes from. Recognise tells it by all bands of the raster, its label, its name and the scale of its numbers. A choice that contradicts the raster is refused.</source>
      <translation>反射率来自哪个传感器。“识别”根据栅格的全部波段、标签、名称和数值的缩放来判断。与栅格矛盾的选择会被拒绝。</translation>
    </message>
    <message>
      <source>Window (pixels, odd)</source>
      <translation>窗口（像元，奇数）</translation>
    </message>
    <message>
      <source>Writes the card of a model: sensor and bands, training stations, validated figures beside fitted and published ones, uncertainty and its coverage, domain, known failures, licence, citation, digest. A file that does not describe itself gets a card that says what is unknown. The card is in the log as well, so that no output file is needed.</source>
      <translation>写出模型的说明卡：传感器和波段、训练站点、验证指标与拟合及已发表指标的并列对比、不确定度及其覆盖率、适用域、已知缺陷、许可证、引用、摘要值。没有自我描述的文件，其说明卡会指出哪些未知。说明卡同时写入日志，因此可以不指定输出文件。</translation>
    </message>
    <message>
      <source>a band carries a saturation code (MI -20000, ISIS HIS and HRS), a full-scale value, or reflectance from 0.65 to 1, more than any soil or rock on the Moon has</source>
      <translation>某个波段带有饱和代码（MI 为 -20000，ISIS 为 HIS 和 HRS）、满量程值，或反射率在 0.65 至 1 之间，高于月球上任何月壤或岩石</translation>
    </message>
    <message>
      <source>a band is darker than the upper end of the product's shadow range, as its label says (MI_MAP version 3: digital number 500, reflectance 0.01; else 327, 0.00654); where reflectance is zero or negative there is no prediction</source>
      <translation>某个波段暗于产品标签所给阴影范围的上限（MI_MAP 第 3 版：DN 值 500，反射率 0.01；其他：327，0.00654）；反射率为零或负之处没有预测</translation>
    </message>
    <message>
      <source>a directory of more than 4096 entries</source>
      <translation>目录项超过 4096 个</translation>
    </message>
    <message>
      <source>a field of type {0} where integers are needed</source>
      <translation>需要整数处的字段类型为 {0}</translation>
    </message>
    <message>
      <source>a label or header needs its image in the same folder: put it there</source>
      <translation>标签或头文件需要同一文件夹中的影像：请将影像放到那里</translation>
    </message>
    <message>
      <source>a predicted oxide lies outside the model's valid range</source>
      <translation>某种预测的氧化物超出模型的有效范围</translation>
    </message>
    <message>
      <source>a temporary copy of the raster's pixels ends too early</source>
      <translation>栅格像元的临时副本不完整</translation>
    </message>
    <message>
      <source>an image of this kind needs its label or header (.lbl, .xml or .hdr) of the same name in the same folder: put it there</source>
      <translation>这类影像需要同一文件夹中同名的标签或头文件（.lbl、.xml 或 .hdr）：请将其放到那里</translation>
    </message>
    <message>
      <source>an uncertainty is negative</source>
      <translation>不确定度为负</translation>
    </message>
    <message>
      <source>an unusual soil, or a sample or position that is off: check it</source>
      <translation>不寻常的月壤，或样品、位置有误：请检查</translation>
    </message>
    <message>
      <source>any</source>
      <translation>任意</translation>
    </message>
    <message>
      <source>area from {0}, {1} pixels</source>
      <translation>面积取自 {0}，共 {1} 个像元</translation>
    </message>
    <message>
      <source>as in the file</source>
      <translation>以文件为准</translation>
    </message>
    <message>
      <source>as predicted</source>
      <translation>按预测</translation>
    </message>
    <message>
      <source>assumed: the band order of the sensor's product</source>
      <translation>假定：按该传感器产品的波段顺序</translation>
    </message>
    <message>
      <source>automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>bundled</source>
      <translation>内置</translation>
    </message>
    <message>
      <source>by its name training station {0}, {1} m from there</source>
      <translation>按名称是训练站点 {0}，与其相距 {1} m</translation>
    </message>
    <message>
      <source>calibrated sigma</source>
      <translation>经标定的 sigma</translation>
    </message>
    <message>
      <source>cannot be read ({0})</source>
      <translation>无法读取（{0}）</translation>
    </message>
    <message>
      <source>cannot be told</source>
      <translation>无法判断</translation>
    </message>
    <message>
      <source>check the extent and its CRS</source>
      <translation>请检查范围及其坐标系</translation>
    </message>
    <message>
      <source>classical spectral parameters</source>
      <translation>经典光谱参数</translation>
    </message>
    <message>
      <source>code of Lunar Oxide</source>
      <translation>Lunar Oxide 代码</translation>
    </message>
    <message>
      <source>column {0} holds an infinite number</source>
      <translation>列 {0} 含有无穷大的数</translation>
    </message>
    <message>
      <source>compared with the same pixels as {0}{1}</source>
      <translation>与 {0}{1} 使用相同的像元进行比较</translation>
    </message>
    <message>
      <source>derived from predicted oxides</source>
      <translation>由预测的氧化物派生</translation>
    </message>
    <message>
      <source>difference of two oxide maps, prediction minus reference</source>
      <translation>两幅氧化物图之差，预测减参照</translation>
    </message>
    <message>
      <source>distance</source>
      <translation>距离</translation>
    </message>
    <message>
      <source>distance to the training spectra</source>
      <translation>与训练光谱的距离</translation>
    </message>
    <message>
      <source>filters, scale and codes: MI_MAP product labels, versions 2 and 3 (JAXA)</source>
      <translation>滤光片、缩放和代码：MI_MAP 产品标签，第 2 和第 3 版（JAXA）</translation>
    </message>
    <message>
      <source>found by name</source>
      <translation>按名称找到</translation>
    </message>
    <message>
      <source>found by wavelength</source>
      <translation>按波长找到</translation>
    </message>
    <message>
      <source>gives a domain distance of shape {0}, not (n).</source>
      <translation>给出的域距离形状为 {0}，而不是 （n）。</translation>
    </message>
    <message>
      <source>gives an output of shape {0} for {1} spectra; {2} oxide(s) ({3}) a spectrum are needed.</source>
      <translation>对 {1} 条光谱给出形状为 {0} 的输出；每条光谱需要 {2} 种氧化物（{3}）。</translation>
    </message>
    <message>
      <source>gives sigma of shape {0}, not ({1}, n).</source>
      <translation>给出的 sigma 形状为 {0}，而不是 ({1}, n)。</translation>
    </message>
    <message>
      <source>good</source>
      <translation>良好</translation>
    </message>
    <message>
      <source>graphs within its graph</source>
      <translation>计算图中的子图</translation>
    </message>
    <message>
      <source>implausible oxide sum</source>
      <translation>氧化物总和不合理</translation>
    </message>
    <message>
      <source>input of the model</source>
      <translation>模型的输入</translation>
    </message>
    <message>
      <source>is a cube from {0} to {1} nm of a spectrometer that is not known here</source>
      <translation>是此处不认识的光谱仪的立方体，波长 {0} 至 {1} nm</translation>
    </message>
    <message>
      <source>is a raster of {0}</source>
      <translation>是 {0} 的栅格</translation>
    </message>
    <message>
      <source>is no longer there</source>
      <translation>已不存在</translation>
    </message>
    <message>
      <source>it has no RECORD</source>
      <translation>其中没有 RECORD</translation>
    </message>
    <message>
      <source>it has no position</source>
      <translation>没有位置</translation>
    </message>
    <message>
      <source>it has no spectrum: give a raster, or reflectance columns</source>
      <translation>没有光谱：请给出栅格或反射率列</translation>
    </message>
    <message>
      <source>it holds more than {0} files</source>
      <translation>其中的文件多于 {0} 个</translation>
    </message>
    <message>
      <source>it is an archive: unpack it and choose the raster in it</source>
      <translation>它是压缩包：请解压并选择其中的栅格</translation>
    </message>
    <message>
      <source>it is no site but a deviation</source>
      <translation>它不是采样点，而是偏差</translation>
    </message>
    <message>
      <source>it is not installed</source>
      <translation>尚未安装</translation>
    </message>
    <message>
      <source>it lacks its image {0}.img beside it.</source>
      <translation>其旁缺少影像 {0}.img。</translation>
    </message>
    <message>
      <source>it may be one that the model was trained on: {0}</source>
      <translation>可能是模型训练用过的：{0}</translation>
    </message>
    <message>
      <source>it repeats row {0}</source>
      <translation>与第 {0} 行重复</translation>
    </message>
    <message>
      <source>it tells no wavelengths, so give BANDS, its band numbers in this order</source>
      <translation>它没有说明波长，请用 BANDS 按此顺序给出其波段号</translation>
    </message>
    <message>
      <source>it would take {0} MB unpacked</source>
      <translation>解包后将占用 {0} MB</translation>
    </message>
    <message>
      <source>its RECORD cannot be read: {0}</source>
      <translation>无法读取其 RECORD：{0}</translation>
    </message>
    <message>
      <source>its area spans {0} x {1} pixels, too many for a sample site: give a smaller polygon</source>
      <translation>其范围达 {0} x {1} 像元，作为采样点过大：请给出较小的多边形</translation>
    </message>
    <message>
      <source>its label names a product of {0}</source>
      <translation>其标签指明为 {0} 的产品</translation>
    </message>
    <message>
      <source>its label says {0} to {1}</source>
      <translation>其标签为 {0} 至 {1}</translation>
    </message>
    <message>
      <source>its list of files is too long</source>
      <translation>其文件列表过长</translation>
    </message>
    <message>
      <source>its name or history says {0} to {1}</source>
      <translation>其名称或处理历史为 {0} 至 {1}</translation>
    </message>
    <message>
      <source>its name or its history names a product of {0}</source>
      <translation>其名称或处理历史指明为 {0} 的产品</translation>
    </message>
    <message>
      <source>its oxides sum to {0} {1}: check values and units</source>
      <translation>其氧化物总和为 {0} {1}：请检查数值和单位</translation>
    </message>
    <message>
      <source>its reflectance is not positive in every band</source>
      <translation>其反射率并非在每个波段都为正</translation>
    </message>
    <message>
      <source>its spectrum is {0} domain units from {1}'s</source>
      <translation>其光谱与 {1} 相距 {0} 个域单位</translation>
    </message>
    <message>
      <source>map range</source>
      <translation>地图范围</translation>
    </message>
    <message>
      <source>mass ratio of the elements</source>
      <translation>元素质量比</translation>
    </message>
    <message>
      <source>mass ratio of the oxides</source>
      <translation>氧化物质量比</translation>
    </message>
    <message>
      <source>mean FeO of both maps</source>
      <translation>两幅图的平均 FeO</translation>
    </message>
    <message>
      <source>mean of all training stations</source>
      <translation>所有训练站点的平均</translation>
    </message>
    <message>
      <source>mean of the nearest stations</source>
      <translation>最近站点的平均</translation>
    </message>
    <message>
      <source>median of the raster</source>
      <translation>栅格的中位数</translation>
    </message>
    <message>
      <source>median of {valid} pixels of a box of {columns} x {rows}</source>
      <translation>{columns} x {rows} 矩形框内 {valid} 个像元的中位数</translation>
    </message>
    <message>
      <source>missing: QGIS's Python does not have it</source>
      <translation>缺失：QGIS 的 Python 中没有它</translation>
    </message>
    <message>
      <source>nearest band, does not fit</source>
      <translation>最接近的波段，不适合</translation>
    </message>
    <message>
      <source>no answer after {0} s</source>
      <translation>{0} 秒后仍无响应</translation>
    </message>
    <message>
      <source>no column for {0}</source>
      <translation>没有 {0} 的列</translation>
    </message>
    <message>
      <source>no data</source>
      <translation>无数据</translation>
    </message>
    <message>
      <source>no model or formula here holds for it; use MI_MAP tiles of the same place</source>
      <translation>此处没有适用于它的模型或公式；请使用同一地点的 MI_MAP 图幅</translation>
    </message>
    <message>
      <source>no oxide is given</source>
      <translation>没有给出氧化物</translation>
    </message>
    <message>
      <source>no oxide that the model gives was measured</source>
      <translation>模型给出的氧化物均无实测值</translation>
    </message>
    <message>
      <source>no valid prediction within {0} (no data)</source>
      <translation>{0} 内没有有效的预测（无数据）</translation>
    </message>
    <message>
      <source>no valid reflectance (no data, shadow or saturated)</source>
      <translation>没有有效的反射率（无数据、阴影或饱和）</translation>
    </message>
    <message>
      <source>no valid reflectance there (no data or shadow)</source>
      <translation>那里没有有效的反射率（无数据或阴影）</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <source>none: the file tells no training range</source>
      <translation>无：文件未给出训练范围</translation>
    </message>
    <message>
      <source>not a little-endian TIFF</source>
      <translation>不是小端 TIFF</translation>
    </message>
    <message>
      <source>not seen in training</source>
      <translation>未参与训练</translation>
    </message>
    <message>
      <source>not shown to be better</source>
      <translation>未能证明更好</translation>
    </message>
    <message>
      <source>not told</source>
      <translation>未说明</translation>
    </message>
    <message>
      <source>not told by the index</source>
      <translation>索引未说明</translation>
    </message>
    <message>
      <source>outside physical range</source>
      <translation>超出物理范围</translation>
    </message>
    <message>
      <source>outside the raster</source>
      <translation>位于栅格之外</translation>
    </message>
    <message>
      <source>outside the raster's projection</source>
      <translation>位于栅格投影范围之外</translation>
    </message>
    <message>
      <source>outside training domain</source>
      <translation>超出训练域</translation>
    </message>
    <message>
      <source>pixel {column}, {row}</source>
      <translation>像元 {column}, {row}</translation>
    </message>
    <message>
      <source>pixels</source>
      <translation>像元</translation>
    </message>
    <message>
      <source>position known to {0} m, window reaches {1} m</source>
      <translation>位置精度为 {0} m，窗口范围为 {1} m</translation>
    </message>
    <message>
      <source>positions from the columns {0} and {1} (degrees)</source>
      <translation>位置取自列 {0} 和 {1}（度）</translation>
    </message>
    <message>
      <source>positions from the layer's geometry</source>
      <translation>位置取自图层的几何</translation>
    </message>
    <message>
      <source>prediction needs {packages}.</source>
      <translation>预测需要 {packages}。</translation>
    </message>
    <message>
      <source>reflectance</source>
      <translation>反射率</translation>
    </message>
    <message>
      <source>row {0} taken as the header</source>
      <translation>以第 {0} 行为表头</translation>
    </message>
    <message>
      <source>same place as training station {0}, within position error</source>
      <translation>在位置误差内与训练站点 {0} 为同一地点</translation>
    </message>
    <message>
      <source>sampled evenly</source>
      <translation>均匀抽样</translation>
    </message>
    <message>
      <source>saturated</source>
      <translation>饱和</translation>
    </message>
    <message>
      <source>see Processing's log</source>
      <translation>见“处理”日志</translation>
    </message>
    <message>
      <source>seen in training</source>
      <translation>参与过训练</translation>
    </message>
    <message>
      <source>shadow</source>
      <translation>阴影</translation>
    </message>
    <message>
      <source>take a model or formula for MI; whole MI_MAP tiles have all nine bands</source>
      <translation>请使用 MI 的模型或公式；完整的 MI_MAP 图幅含全部九个波段</translation>
    </message>
    <message>
      <source>tells no wavelengths and may be a cube of {0}</source>
      <translation>没有说明波长，可能是 {0} 的立方体</translation>
    </message>
    <message>
      <source>that of {0}: {1} x {2} cells of about {3} km in the overlap; {4} (pixels of about {5} km) averaged by area</source>
      <translation>{0} 的网格：重叠区内 {1} x {2} 个约 {3} km 的单元；{4}（像元约 {5} km）按面积平均</translation>
    </message>
    <message>
      <source>the count, type and scale of its bands are those of a product of {0}</source>
      <translation>其波段的数目、类型和缩放与 {0} 的产品相同</translation>
    </message>
    <message>
      <source>the disk may be full</source>
      <translation>磁盘可能已满</translation>
    </message>
    <message>
      <source>the file ends too early</source>
      <translation>文件过早结束</translation>
    </message>
    <message>
      <source>the file is too large for a TIFF of its kind</source>
      <translation>对此类 TIFF 而言文件过大</translation>
    </message>
    <message>
      <source>the file was not written completely</source>
      <translation>文件没有完整写出</translation>
    </message>
    <message>
      <source>the model file lists no training station of the bundled table, so that all stations are compared, seen in training or not</source>
      <translation>模型文件没有列出内置表中的训练站点，因此比较所有站点，不论是否参与训练</translation>
    </message>
    <message>
      <source>the model file tells no wavelengths: its inputs are taken for the Multiband Imager's eight bands, 414 to 1548 nm</source>
      <translation>模型文件没有说明波长：将其输入视为多波段成像仪的八个波段，414 至 1548 nm</translation>
    </message>
    <message>
      <source>the model was trained on it</source>
      <translation>模型训练时用过它</translation>
    </message>
    <message>
      <source>the model was trained on this very spectrum (domain distance 0)</source>
      <translation>模型训练时用过这条光谱本身（域距离 0）</translation>
    </message>
    <message>
      <source>the raster has no usable reflectance here: no data, a code, or a number that no surface on the Moon reflects (below -0.05, 1 or more); no prediction</source>
      <translation>栅格在此处没有可用的反射率：无数据、代码，或月面不可能有的数值（低于 -0.05，或 1 及以上）；没有预测</translation>
    </message>
    <message>
      <source>the raster is of {0}, and {1}</source>
      <translation>该栅格来自 {0}，{1}</translation>
    </message>
    <message>
      <source>the row below the header taken as units</source>
      <translation>表头下一行视为单位</translation>
    </message>
    <message>
      <source>the scale may have been applied twice, or this is another quantity; check SCALE</source>
      <translation>缩放系数可能应用了两次，或这是另一种物理量；请检查 SCALE</translation>
    </message>
    <message>
      <source>the six oxides do not add up to 94-102 wt% (the training soils: 97.5-100.2 wt%)</source>
      <translation>六种氧化物之和不在 94-102 wt% 之内（训练月壤为 97.5-100.2 wt%）</translation>
    </message>
    <message>
      <source>the spectrum is unlike every training spectrum (domain distance above 1): extrapolation</source>
      <translation>该光谱与所有训练光谱都不相似（域距离大于 1）：外推</translation>
    </message>
    <message>
      <source>the uncertainty of {0}</source>
      <translation>{0} 的不确定度</translation>
    </message>
    <message>
      <source>there: QGIS's own Python has it; nothing to install</source>
      <translation>已有：QGIS 自己的 Python 中有它；无需安装</translation>
    </message>
    <message>
      <source>these look like percent; set SCALE to 0.01</source>
      <translation>看起来是百分数；请将 SCALE 设为 0.01</translation>
    </message>
    <message>
      <source>these look like unscaled digital numbers; set SCALE ({0}Kaguya MI_MAP products: {1})</source>
      <translation>看起来是未缩放的 DN 值；请设置 SCALE（{0}Kaguya MI_MAP 产品：{1}）</translation>
    </message>
    <message>
      <source>this is no reflectance at i=30, e=0, g=30 of the Moon; check the product</source>
      <translation>这不是月面在 i=30、e=0、g=30 下的反射率；请检查产品</translation>
    </message>
    <message>
      <source>this looks like a wrong sample, position, unit or column: check it before you use the refined model</source>
      <translation>看起来样品、位置、单位或列有误：使用改进模型之前请检查</translation>
    </message>
    <message>
      <source>training range</source>
      <translation>训练范围</translation>
    </message>
    <message>
      <source>training reflectance {low} to {high}</source>
      <translation>训练反射率 {low} 至 {high}</translation>
    </message>
    <message>
      <source>unknown hash {0} in its RECORD</source>
      <translation>其 RECORD 中有未知的散列 {0}</translation>
    </message>
    <message>
      <source>unknown whether seen in training</source>
      <translation>是否参与训练未知</translation>
    </message>
    <message>
      <source>use a product of {0}</source>
      <translation>请使用 {0} 的产品</translation>
    </message>
    <message>
      <source>use a raster that has them</source>
      <translation>请使用含有它们的栅格</translation>
    </message>
    <message>
      <source>use a raster with all bands ({0})</source>
      <translation>请使用含全部波段的栅格（{0}）</translation>
    </message>
    <message>
      <source>wavelength (nm)</source>
      <translation>波长 (nm)</translation>
    </message>
    <message>
      <source>where neither oxide is negative and not both are zero</source>
      <translation>限两种氧化物均不为负且不同时为零</translation>
    </message>
    <message>
      <source>where no oxide that it needs is negative (0.0 is an abundance)</source>
      <translation>限所需的氧化物均不为负（0.0 也是含量）</translation>
    </message>
    <message>
      <source>where the numerator is not negative and the denominator exceeds its own uncertainty</source>
      <translation>限分子不为负且分母大于其自身的不确定度</translation>
    </message>
    <message>
      <source>where the oxide is predicted</source>
      <translation>限该氧化物已有预测</translation>
    </message>
    <message>
      <source>your choice</source>
      <translation>您的选择</translation>
    </message>
    <message>
      <source>your own</source>
      <translation>自有</translation>
    </message>
    <message>
      <source>{0} ({1} bands) is a raster of {2}: {3}. Formulas of another sensor give wrong numbers on its reflectance.</source>
      <translation>{0}（{1} 个波段）是 {2} 的栅格：{3}。其他传感器的公式用于其反射率会得到错误的数值。</translation>
    </message>
    <message>
      <source>{0} ({1} bands) {2}, but the model takes reflectance of {3}, and sensors differ by far more than their bands suggest: {4}.</source>
      <translation>{0}（{1} 个波段）{2}，而模型需要 {3} 的反射率；传感器之间的差别远大于波段所显示的：{4}。</translation>
    </message>
    <message>
      <source>{0} ({1} bands) {2}. Formulas of another sensor give wrong numbers on its reflectance: use a product of {3}; no model or formula here holds for others.</source>
      <translation>{0}（{1} 个波段）{2}。其他传感器的公式用于其反射率会得到错误的数值：请使用 {3} 的产品；此处没有适用于其他传感器的模型或公式。</translation>
    </message>
    <message>
      <source>{0} Mpx in {1} ({2} Mpx/s)</source>
      <translation>用时 {1} 处理 {0} Mpx({2} Mpx/s)</translation>
    </message>
    <message>
      <source>{0} The reference is the median of the raster instead.</source>
      <translation>{0} 改以栅格的中位数为参照。</translation>
    </message>
    <message>
      <source>{0} The spectra speak against it: {1}</source>
      <translation>{0} 光谱与此矛盾：{1}</translation>
    </message>
    <message>
      <source>{0} and {1} do not overlap: check that both show the same part of the Moon and have the right CRS.</source>
      <translation>{0} 与 {1} 不重叠：请检查两者是否为月面同一区域、坐标系是否正确。</translation>
    </message>
    <message>
      <source>{0} and {1} have no valid cell in common.</source>
      <translation>{0} 与 {1} 没有共同的有效单元。</translation>
    </message>
    <message>
      <source>{0} asks for a tensor of {1} numbers ({2}), more than any oxide model needs; use the file as its author published it.</source>
      <translation>{0} 要求一个含 {1} 个数的张量（{2}），超出任何氧化物模型的需要；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} asks for more than {1} MB for its tensors, more than any oxide model needs; use the file as its author published it.</source>
      <translation>{0} 的张量要求超过 {1} MB 的内存，超出任何氧化物模型的需要；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} beside the output is of another request, or its journal is damaged: computing everything anew.</source>
      <translation>输出旁的 {0} 属于另一任务，或其日志已损坏：全部重新计算。</translation>
    </message>
    <message>
      <source>{0} cannot be opened as a raster ({1}): {2}.</source>
      <translation>无法将 {0} 作为栅格打开（{1}）：{2}。</translation>
    </message>
    <message>
      <source>{0} cannot be opened as a raster: GDAL knows no format for it or the file is damaged ({1}).</source>
      <translation>无法将 {0} 作为栅格打开：GDAL 不认识其格式，或文件已损坏（{1}）。</translation>
    </message>
    <message>
      <source>{0} cannot be opened with the open options {1} ({2}): leave them out, or check them.</source>
      <translation>无法用打开选项 {1} 打开 {0}（{2}）：请去掉这些选项，或检查它们。</translation>
    </message>
    <message>
      <source>{0} cannot be read at row {1}: {2}.</source>
      <translation>无法读取 {0} 的第 {1} 行：{2}。</translation>
    </message>
    <message>
      <source>{0} cannot be read at rows {1}-{2}: {3}; the file may be truncated.</source>
      <translation>无法读取 {0} 的第 {1}-{2} 行：{3}；文件可能不完整。</translation>
    </message>
    <message>
      <source>{0} cannot be read or written ({1}): check that its disk is connected and that you may read and write there.</source>
      <translation>无法读写 {0}（{1}）：请检查其磁盘是否已连接，以及您是否有读写权限。</translation>
    </message>
    <message>
      <source>{0} carries a description of {1} characters, which is no model description; use the file as its author published it.</source>
      <translation>{0} 带有长达 {1} 个字符的描述，不是模型描述；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} carries more than {1} MB of metadata, which is no model description; use the file as its author published it.</source>
      <translation>{0} 带有超过 {1} MB 的元数据，不是模型描述；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} covers at most {1} of a cell of {2}, and {3} are asked for: lower the coverage, or compare with a finer map.</source>
      <translation>{0} 对 {2} 的单元最多覆盖 {1}，而要求为 {3}：请降低覆盖率，或与更细的图比较。</translation>
    </message>
    <message>
      <source>{0} declares a tensor of {1} numbers that it does not hold: it is damaged; use the file as its author published it.</source>
      <translation>{0} 声明了一个含 {1} 个数的张量，但文件中没有这些数：文件已损坏；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} describes the output(s) {1} but its graph gives {2}; use the file as its author published it.</source>
      <translation>{0} 描述了输出 {1}，但其计算图给出 {2}；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} describes {1} bands but its graph takes {2}; use the file as its author published it.</source>
      <translation>{0} 描述了 {1} 个波段，但其计算图需要 {2} 个；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} differs from its RECORD</source>
      <translation>{0} 与其 RECORD 不符</translation>
    </message>
    <message>
      <source>{0} differs from {1} in bands, data type, scale, offset or nodata: make a mosaic of rasters of one kind.</source>
      <translation>{0} 与 {1} 的波段、数据类型、缩放、偏移或无效值不同：请用同一类栅格镶嵌。</translation>
    </message>
    <message>
      <source>{0} does not describe itself, so that its bands and training are unknown: only models with a description can be refined (docs/model_file.md).</source>
      <translation>{0} 没有自我描述，其波段和训练情况不明：只有带描述的模型才能改进（docs/model_file.md）。</translation>
    </message>
    <message>
      <source>{0} does not exist: check the path.</source>
      <translation>{0} 不存在：请检查路径。</translation>
    </message>
    <message>
      <source>{0} does not say what band {1}{2} holds: choose what its numbers are, e.g. element, wt%.</source>
      <translation>{0} 没有说明波段 {1}{2} 的内容：请选择其数值是什么，例如元素、wt%。</translation>
    </message>
    <message>
      <source>{0} does not tell whether it is {1}: choose SENSOR. Formulas of one sensor give wrong numbers on another's reflectance, and there are none here for other sensors.</source>
      <translation>{0} 无法说明它是否为 {1}：请用 SENSOR 选择。一种传感器的公式用于另一种传感器的反射率会得到错误的数值，此处也没有其他传感器的公式。</translation>
    </message>
    <message>
      <source>{0} fails on a test spectrum: {1}.</source>
      <translation>{0} 在测试光谱上运行失败：{1}。</translation>
    </message>
    <message>
      <source>{0} fails on the raster's spectra: {1}.</source>
      <translation>{0} 在该栅格的光谱上运行失败：{1}。</translation>
    </message>
    <message>
      <source>{0} gives a pixel another answer when its neighbours change: export it for inference (no normalisation over the batch).</source>
      <translation>{0} 对同一像元的结果随相邻像元而变：请以推理模式导出（不要跨批次归一化）。</translation>
    </message>
    <message>
      <source>{0} gives another answer each time for the same spectrum, so its maps could not be repeated: export it for inference (without dropout).</source>
      <translation>{0} 对同一光谱每次给出不同结果，其图件无法重现：请以推理模式导出（不含 dropout）。</translation>
    </message>
    <message>
      <source>{0} gives no finite numbers for an ordinary spectrum: its weights are damaged; use the file as its author published it.</source>
      <translation>{0} 对普通光谱给不出有限的数值：其权重已损坏；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} has a CRS of Earth (radius {1} km, the Moon's is 1737 km): assign the lunar CRS of its coordinates (in QGIS: layer properties, Source; command line: --crs), e.g. IAU_2015:30100 for degrees or IAU_2015:30110 for metres.</source>
      <translation>{0} 的坐标系属于地球（半径 {1} km，月球为 1737 km）：请指定其坐标所用的月球坐标系（QGIS：图层属性，数据源；命令行：--crs），例如以度为单位的 IAU_2015:30100 或以米为单位的 IAU_2015:30110。</translation>
    </message>
    <message>
      <source>{0} has a CRS of {1} (radius {2} km, the Moon's is 1737 km), and the models and formulas hold for the Moon alone: choose data of the Moon.</source>
      <translation>{0} 的坐标系属于 {1}（半径 {2} km，月球为 1737 km），而模型和公式只适用于月球：请选择月球数据。</translation>
    </message>
    <message>
      <source>{0} has a damaged description ({1}); use the file as its author published it.</source>
      <translation>{0} 的描述已损坏（{1}）；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} has a description that is not UTF-8 text.</source>
      <translation>{0} 的描述不是 UTF-8 文本。</translation>
    </message>
    <message>
      <source>{0} has a median R{1}/R{2} of {3}, which {4} </source>
      <translation>{0} 的 R{1}/R{2} 中位数为 {3}，{4} </translation>
    </message>
    <message>
      <source>{0} has a median of {1} at {2} nm where {3} reflectance lies between {4} and {5}: check SCALE, or the scale that the file declares (reflectance is a fraction{6}), and that it is this sensor's.</source>
      <translation>{0} 在 {2} nm 的中位数为 {1}，而 {3} 反射率在 {4} 至 {5} 之间：请检查 SCALE 或文件声明的缩放（反射率为小数{6}），并确认它来自该传感器。</translation>
    </message>
    <message>
      <source>{0} has a median of {1} in {2} where the model knows reflectance {3} to {4}: {5}.</source>
      <translation>{0} 在 {2} 的中位数为 {1}，而模型所知的反射率为 {3} 至 {4}：{5}。</translation>
    </message>
    <message>
      <source>{0} has a median of {1}, brighter than all soils that {2} was compared with ({3} with a margin): fresh craters are as bright, and so is reflectance measured in the laboratory (soil 62231: 27-76 % above what the Multiband Imager sees) or by another sensor; check the product before trusting numbers.</source>
      <translation>{0} 的中位数为 {1}，亮于 {2} 所对比过的全部月壤（含余量为 {3}）：新鲜撞击坑有这样亮，实验室测得的反射率（月壤 62231：比多波段成像仪所见高 27-76 %）或其他传感器的反射率也是如此；在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0} has a median of {1}, darker than all soils that {2} was compared with ({3} with a margin): it may be half in shadow, very dark ash, or scaled wrongly; check the product before trusting numbers.</source>
      <translation>{0} 的中位数为 {1}，暗于 {2} 所对比过的全部月壤（含余量为 {3}）：可能一半在阴影中、是极暗的火山灰，或缩放有误；在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0} has a name that no file can have on Windows</source>
      <translation>{0} 的名称在 Windows 上不能用作文件名</translation>
    </message>
    <message>
      <source>{0} has an input of shape {1}; an oxide model takes [n, bands], [n, 1, bands] or [1, 1, bands, n] with a fixed number of bands and a free n.</source>
      <translation>{0} 的输入形状为 {1}；氧化物模型的输入应为 [n, bands]、[n, 1, bands] 或 [1, 1, bands, n]，波段数固定而 n 不固定。</translation>
    </message>
    <message>
      <source>{0} has another CRS than {1}: reproject it first.</source>
      <translation>{0} 的坐标系与 {1} 不同：请先重投影。</translation>
    </message>
    <message>
      <source>{0} has both a reflectance scale factor ({1}) and data gain values in its header, and they contradict each other: set SCALE and OFFSET.</source>
      <translation>{0} 的头文件中既有 reflectance scale factor（{1}）又有 data gain values，二者相互矛盾：请设置 SCALE 和 OFFSET。</translation>
    </message>
    <message>
      <source>{0} has description schema {1} and this plugin reads {2}: update the plugin.</source>
      <translation>{0} 的描述格式版本为 {1}，而本插件读取 {2}：请更新插件。</translation>
    </message>
    <message>
      <source>{0} has functions that call themselves or each other too deeply: it is no oxide model.</source>
      <translation>{0} 中的函数自我调用或相互调用过深：它不是氧化物模型。</translation>
    </message>
    <message>
      <source>{0} has inputs {1} and outputs {2}; a described model has one input and gives {3}.</source>
      <translation>{0} 的输入为 {1}、输出为 {2}；带描述的模型有一个输入并给出 {3}。</translation>
    </message>
    <message>
      <source>{0} has its middle at {1}, latitude {2} by GDAL, outside the {3} to {4}, latitude {5} to {6} of its label: correct the label, or give the file a georeference of its own (gdal_translate -a_srs -a_ullr).</source>
      <translation>按 GDAL，{0} 的中心在 {1}、纬度 {2}，位于其标签的 {3} 至 {4}、纬度 {5} 至 {6} 之外：请更正标签，或为文件赋予自己的地理参考（gdal_translate -a_srs -a_ullr）。</translation>
    </message>
    <message>
      <source>{0} has latitude {1}: give degrees between -90 and 90.</source>
      <translation>{0} 的纬度为 {1}：请给出 -90 至 90 之间的度数。</translation>
    </message>
    <message>
      <source>{0} has longitude {1}: give east longitude in degrees.</source>
      <translation>{0} 的经度为 {1}：请给出以度为单位的东经。</translation>
    </message>
    <message>
      <source>{0} has more than {1} {2}, more than any oxide model needs; use the file as its author published it.</source>
      <translation>{0} 含有超过 {1} 个 {2}，超出任何氧化物模型的需要；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} has no CRS, so nothing can be placed on it: assign the lunar CRS of its coordinates (in QGIS: layer properties, Source; command line: --crs), e.g. IAU_2015:30100 for degrees or IAU_2015:30110 for metres.</source>
      <translation>{0} 没有坐标系，无法在其上定位：请指定其坐标所用的月球坐标系（QGIS：图层属性，数据源；命令行：--crs），例如以度为单位的 IAU_2015:30100 或以米为单位的 IAU_2015:30110。</translation>
    </message>
    <message>
      <source>{0} has no band described as an oxide, like {1}: choose a raster made by 'Predict oxides'.</source>
      <translation>{0} 没有描述为氧化物的波段（如 {1}）：请选择由“预测氧化物”生成的栅格。</translation>
    </message>
    <message>
      <source>{0} has no band {1}: it has 1 to {2}.</source>
      <translation>{0} 没有波段 {1}：它有波段 1 至 {2}。</translation>
    </message>
    <message>
      <source>{0} has no georeference: neither the file nor one beside it says where its pixels lie, and a CRS alone cannot. Open the product's own label, or georeference it first (in QGIS: Layer, Georeferencer).</source>
      <translation>{0} 没有地理参考：文件本身和旁边的文件都没有说明像元的位置，仅有坐标系是不够的。请打开产品自带的标签文件，或先进行地理配准（QGIS：图层，地理配准器）。</translation>
    </message>
    <message>
      <source>{0} has no pixel from which a parameter follows: the raster is empty.</source>
      <translation>{0} 中没有任何像元可以得出参数：栅格为空。</translation>
    </message>
    <message>
      <source>{0} has no pixel from whose oxides a product follows: the raster is empty.</source>
      <translation>{0} 中没有任何像元的氧化物可以派生产品：栅格为空。</translation>
    </message>
    <message>
      <source>{0} has no raster bands: choose another file.</source>
      <translation>{0} 没有栅格波段：请另选文件。</translation>
    </message>
    <message>
      <source>{0} has no sigma of every oxide: products that need one that is missing come without uncertainty, classes without probability.</source>
      <translation>{0} 没有每种氧化物的 sigma：需要所缺 sigma 的产品不带不确定度，类别不带概率。</translation>
    </message>
    <message>
      <source>{0} has only {1}, from which no product follows: predict with a model that gives more oxides.</source>
      <translation>{0} 只有 {1}，无法派生任何产品：请用给出更多氧化物的模型预测。</translation>
    </message>
    <message>
      <source>{0} has the reflectance scale factor {1} in its header, which is no positive number: correct the header, or set SCALE.</source>
      <translation>{0} 头文件中的 reflectance scale factor 为 {1}，不是正数：请更正头文件，或设置 SCALE。</translation>
    </message>
    <message>
      <source>{0} has two bands called {1}: it is no prediction raster of this plugin.</source>
      <translation>{0} 有两个名为 {1} 的波段：它不是本插件的预测栅格。</translation>
    </message>
    <message>
      <source>{0} has {1} MB, too large for an oxide model (limit {2} MB); choose another file.</source>
      <translation>{0} 有 {1} MB，作为氧化物模型过大（上限 {2} MB）；请另选文件。</translation>
    </message>
    <message>
      <source>{0} has {1} bytes where its header needs {2}: the file is truncated; copy or download it again.</source>
      <translation>{0} 有 {1} 字节，而其头文件要求 {2}：文件不完整；请重新复制或下载。</translation>
    </message>
    <message>
      <source>{0} has {1} described as {2} or its element: give the band's number.</source>
      <translation>{0} 有 {1} 描述为 {2} 或其元素：请给出波段号。</translation>
    </message>
    <message>
      <source>{0} has {1} only, so there is no {2}.</source>
      <translation>{0} 只有 {1}，因此没有 {2}。</translation>
    </message>
    <message>
      <source>{0} has {1} pixels a degree, other tiles {2}: make a mosaic of tiles of one resolution.</source>
      <translation>{0} 每度 {1} 像元，其他图幅为 {2}：请用同一分辨率的图幅镶嵌。</translation>
    </message>
    <message>
      <source>{0} has {1} times the reflectance at 749 nm that the Multiband Imager has at the station(s) {2}: this is another calibration, another sensor, or reflectance measured in the laboratory, and what a model for the Multiband Imager makes of it is wrong. Check the product before trusting numbers.</source>
      <translation>{0} 在 749 nm 的反射率是多波段成像仪在站点 {2} 处的 {1} 倍：这是另一种定标、另一种传感器，或在实验室测得的反射率，多波段成像仪的模型由此得出的结果是错误的。在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0} has {1} wt% {2}: give 0 to 100 wt%.</source>
      <translation>{0} 的 {2} 为 {1} wt%：请给出 0 至 100 wt%。</translation>
    </message>
    <message>
      <source>{0} holds numbers that are no amounts in {1} of {2} when taken as {3}: choose what they are, and their scale.</source>
      <translation>{0} 按 {3} 解释时，其中的数值不是以 {1} 为单位的 {2} 含量：请选择其含义和缩放。</translation>
    </message>
    <message>
      <source>{0} holds several rasters (subdatasets), not one: </source>
      <translation>{0} 含有多个栅格（子数据集）而不是一个：</translation>
    </message>
    <message>
      <source>{0} in column {1} can be {2} or {3}: write it without a comma</source>
      <translation>列 {1} 中的 {0} 可能是 {2} 或 {3}：请不用逗号书写</translation>
    </message>
    <message>
      <source>{0} in column {1} has a minus sign and a letter: write one of them</source>
      <translation>列 {1} 中的 {0} 既有负号又有字母：请只写其一</translation>
    </message>
    <message>
      <source>{0} in column {1} is negative: correct or empty it</source>
      <translation>列 {1} 中的 {0} 为负：请更正或清空</translation>
    </message>
    <message>
      <source>{0} in column {1} is no amount: empty the cell if it means that nothing was measured</source>
      <translation>列 {1} 中的 {0} 不是含量：若表示未测量，请清空该单元格</translation>
    </message>
    <message>
      <source>{0} in column {1} is no angle: write degrees, e.g. 20.1911</source>
      <translation>列 {1} 中的 {0} 不是角度：请写成度，例如 20.1911</translation>
    </message>
    <message>
      <source>{0} in column {1} is no number: correct or empty it</source>
      <translation>列 {1} 中的 {0} 不是数字：请更正或清空</translation>
    </message>
    <message>
      <source>{0} in column {1} is no {2}: are two columns exchanged?</source>
      <translation>列 {1} 中的 {0} 不是 {2}：是否有两列互换了？</translation>
    </message>
    <message>
      <source>{0} in column {1} means {2} in {3}, and {4}</source>
      <translation>列 {1} 中的 {0} 按 {3} 表示 {2}，而 {4}</translation>
    </message>
    <message>
      <source>{0} in column {1}, which counts to the {2}, has a minus sign too: write the number without it, or, if minus means {3}, say with COLUMNS {4} {5}={6}</source>
      <translation>列 {1} 以 {2} 为正，而其中的 {0} 又带负号：请去掉负号；若负号表示 {3}，请用 COLUMNS 说明 {4} {5}={6}</translation>
    </message>
    <message>
      <source>{0} in columns {1} and {2} is no angle: minutes and seconds go from 0 to 60</source>
      <translation>列 {1} 和 {2} 中的 {0} 不是角度：分和秒应在 0 至 60 之间</translation>
    </message>
    <message>
      <source>{0} is a raster of {1}, and coefficients for {2} give wrong numbers on its reflectance: choose its own sensor.</source>
      <translation>{0} 是 {1} 的栅格，{2} 的系数用于其反射率会得到错误的数值：请选择它自己的传感器。</translation>
    </message>
    <message>
      <source>{0} is compressed as in no wheel</source>
      <translation>{0} 的压缩方式不是 wheel 所用的</translation>
    </message>
    <message>
      <source>{0} is empty: choose a table of sites.</source>
      <translation>{0} 是空的：请选择采样点表。</translation>
    </message>
    <message>
      <source>{0} is in {1}, by its numbers</source>
      <translation>按其数值，{0} 的单位是 {1}</translation>
    </message>
    <message>
      <source>{0} is kept in {1} beside the output: run the same again to continue.</source>
      <translation>{0} 保存在输出旁的 {1} 中：再次运行相同任务即可继续。</translation>
    </message>
    <message>
      <source>{0} is left out of the mosaic, as it cannot be read: {1}</source>
      <translation>{0} 无法读取，未列入镶嵌：{1}</translation>
    </message>
    <message>
      <source>{0} is left out: {1} covers the same place.</source>
      <translation>{0} 已略去：{1} 覆盖同一位置。</translation>
    </message>
    <message>
      <source>{0} is made of {1}, which GDAL places at a mirrored longitude: give {2} itself, or a mosaic of it by 'Mosaic tiles'.</source>
      <translation>{0} 由 {1} 制成，而 GDAL 将后者置于镜像经度：请直接给出 {2}，或用“镶嵌图幅”制作其镶嵌。</translation>
    </message>
    <message>
      <source>{0} is no MI_MAP tile but others are: make a mosaic of either kind.</source>
      <translation>{0} 不是 MI_MAP 图幅，而其他是：请只用其中一类镶嵌。</translation>
    </message>
    <message>
      <source>{0} is no band number: give whole numbers from 1, such as 1,2,3 or 1;2;3.</source>
      <translation>{0} 不是波段号：请给出从 1 起的整数，例如 1,2,3 或 1;2;3。</translation>
    </message>
    <message>
      <source>{0} is no table of separated values ({1}): check its quotation marks.</source>
      <translation>{0} 不是分隔符表格（{1}）：请检查引号。</translation>
    </message>
    <message>
      <source>{0} is no text: save the table as CSV (UTF-8).</source>
      <translation>{0} 不是文本：请将表格另存为 CSV(UTF-8)。</translation>
    </message>
    <message>
      <source>{0} is not a usable ONNX model: it holds no graph.</source>
      <translation>{0} 不是可用的 ONNX 模型：其中没有计算图。</translation>
    </message>
    <message>
      <source>{0} is not a usable ONNX model: it is damaged or of another format.</source>
      <translation>{0} 不是可用的 ONNX 模型：文件已损坏或是其他格式。</translation>
    </message>
    <message>
      <source>{0} is not a usable ONNX model: {1}.</source>
      <translation>{0} 不是可用的 ONNX 模型：{1}。</translation>
    </message>
    <message>
      <source>{0} is not in its RECORD</source>
      <translation>{0} 不在其 RECORD 中</translation>
    </message>
    <message>
      <source>{0} is not the whole tile of its name, so that the tiles are placed by their own georeference.</source>
      <translation>{0} 不是其名称所指的完整图幅，因此各图幅按自身的地理参考定位。</translation>
    </message>
    <message>
      <source>{0} is of ONNX's IR version {1} with operator set {2}, which ONNX Runtime {3} does not run ({4}): update the Python package onnxruntime, or ask the model's author to export it for an older version.</source>
      <translation>{0} 采用 ONNX 的 IR 版本 {1} 和算子集 {2}，ONNX Runtime {3} 无法运行（{4}）：请更新 Python 软件包 onnxruntime，或请模型作者为较旧的版本导出。</translation>
    </message>
    <message>
      <source>{0} is placed at {1} by GDAL, its label says {2} to {3} and does not fit the image's size: neither can be trusted; correct the label, or give the file a georeference of its own (gdal_translate -a_srs -a_ullr).</source>
      <translation>GDAL 将 {0} 置于 {1}，而其标签为 {2} 至 {3}，与影像大小不符：两者都不可信；请更正标签，或为文件赋予自己的地理参考（gdal_translate -a_srs -a_ullr）。</translation>
    </message>
    <message>
      <source>{0} is rotated: a mosaic needs north-up rasters.</source>
      <translation>{0} 有旋转：镶嵌需要北向上的栅格。</translation>
    </message>
    <message>
      <source>{0} is stored in blocks of {1} MB: its pixels are first decoded to a temporary file beside the output, which takes time and room; a tiled GeoTIFF needs neither.</source>
      <translation>{0} 以 {1} MB 的数据块存储：其像元先解码到输出旁的临时文件，这需要时间和空间；分块的 GeoTIFF 则都不需要。</translation>
    </message>
    <message>
      <source>{0} is stored in blocks too large for the memory, and its pixels cannot be copied to {1} ({2}): make room there, or convert the raster to a tiled GeoTIFF.</source>
      <translation>{0} 的数据块对于内存过大，其像元又无法复制到 {1}（{2}）：请在那里清理出空间，或将栅格转换为分块的 GeoTIFF。</translation>
    </message>
    <message>
      <source>{0} is there twice</source>
      <translation>{0} 出现两次</translation>
    </message>
    <message>
      <source>{0} is too large for a table of sites: choose another file.</source>
      <translation>{0} 作为采样点表过大：请另选文件。</translation>
    </message>
    <message>
      <source>{0} joins tiles that GDAL places at mirrored longitudes: make it anew with 'Mosaic tiles', which places them by their names.</source>
      <translation>{0} 合并了被 GDAL 置于镜像经度的图幅：请用“镶嵌图幅”重新制作，它按图幅名称定位。</translation>
    </message>
    <message>
      <source>{0} keeps its weights in another file ({1}); only models in one file are run: ask its author for one with the weights inside.</source>
      <translation>{0} 的权重存放在另一个文件中（{1}）；只运行单文件模型：请向作者索取权重包含在内的文件。</translation>
    </message>
    <message>
      <source>{0} lacks the bands of the {1} formulas ({2} nm): {3}.</source>
      <translation>{0} 缺少 {1} 公式所需的波段（{2} nm）：{3}。</translation>
    </message>
    <message>
      <source>{0} left out: its name is not understood</source>
      <translation>{0} 已略去：其名称无法理解</translation>
    </message>
    <message>
      <source>{0} lies at {1}, while its name or history says about {2}: it was made from a product whose longitude GDAL mirrors. Use the product with its own label (EXTENT takes a part of it), or 'Mosaic tiles' for MI_MAP tiles.</source>
      <translation>{0} 位于 {1}，而其名称或处理历史说明约在 {2}：它由经度被 GDAL 镜像的产品制成。请使用带自身标签的产品（可用 EXTENT 取其一部分），或对 MI_MAP 图幅使用“镶嵌图幅”。</translation>
    </message>
    <message>
      <source>{0} lies on another pixel grid than {1}: resample it (gdalwarp -tap) before making a mosaic.</source>
      <translation>{0} 与 {1} 的像元网格不同：镶嵌之前请先重采样（gdalwarp -tap）。</translation>
    </message>
    <message>
      <source>{0} m from training station {1}, whose published positions differ as much: give position_error_m, or the station's name</source>
      <translation>距训练站点 {1} {0} m，而其已发表的位置相差同样多：请给出 position_error_m 或站点名称</translation>
    </message>
    <message>
      <source>{0} names no CRS that this PROJ knows ({1}): give a code such as IAU_2015:30100, a PROJ string, or WKT.</source>
      <translation>{0} 所写的坐标系本机的 PROJ 不认识（{1}）：请给出如 IAU_2015:30100 的代码、PROJ 字符串或 WKT。</translation>
    </message>
    <message>
      <source>{0} needs reflectance at {1} nm and got none at {2} nm.</source>
      <translation>{0} 需要 {1} nm 的反射率，而 {2} nm 处没有。</translation>
    </message>
    <message>
      <source>{0} nests graphs deeper than {1}: it is no oxide model.</source>
      <translation>{0} 的计算图嵌套深于 {1} 层：它不是氧化物模型。</translation>
    </message>
    <message>
      <source>{0} of the {1} stations have a spectrum; at least {2} are needed to say which are near.</source>
      <translation>{1} 个站点中有 {0} 个具有光谱；至少需要 {2} 个才能判断远近。</translation>
    </message>
    <message>
      <source>{0} of {1} Mpx, {2} Mpx/s, {3} left</source>
      <translation>{0} / {1} Mpx，{2} Mpx/s，剩余 {3}</translation>
    </message>
    <message>
      <source>{0} of {1} blocks in {2} are damaged: computing them anew.</source>
      <translation>{2} 的 {1} 个数据块中有 {0} 个损坏：正在重新计算。</translation>
    </message>
    <message>
      <source>{0} of {1} pixels of {2} hold numbers that are no amounts in {3} and were left out: undeclared nodata, or another unit.</source>
      <translation>{2} 的 {1} 个像元中有 {0} 个的数值不是以 {3} 为单位的含量，已略去：未声明的无效值，或其他单位。</translation>
    </message>
    <message>
      <source>{0} predicts {1}; this plugin knows {2}, of which a model gives one or more, each once.</source>
      <translation>{0} 预测的是 {1}；本插件认识 {2}，模型应给出其中一种或多种，各一次。</translation>
    </message>
    <message>
      <source>{0} reaches {1} degrees latitude: FeO, TiO2 and OMAT from angles are not reliable beyond about {2}.</source>
      <translation>{0} 到达纬度 {1} 度：由角度法得到的 FeO、TiO2 和 OMAT 在约 {2} 度以上不可靠。</translation>
    </message>
    <message>
      <source>{0} shard(s) of {1} Mpx on {2}.</source>
      <translation>在 {2} 上有 {0} 个分片，每片 {1} Mpx。</translation>
    </message>
    <message>
      <source>{0} strongest band (number)</source>
      <translation>{0} 的最强波段（编号）</translation>
    </message>
    <message>
      <source>{0} taken as the mission</source>
      <translation>{0} 视为任务</translation>
    </message>
    <message>
      <source>{0} taken as the position error in metres</source>
      <translation>{0} 视为位置误差（米）</translation>
    </message>
    <message>
      <source>{0} taken as the site's identifier</source>
      <translation>{0} 视为采样点的标识</translation>
    </message>
    <message>
      <source>{0} taken as the {1} of {2}</source>
      <translation>{0} 视为 {2} 的 {1}</translation>
    </message>
    <message>
      <source>{0} taken as {1}, positive to the {2}</source>
      <translation>{0} 视为 {1}，以 {2} 为正</translation>
    </message>
    <message>
      <source>{0} takes more than {1} s for {2} spectra: it is no model for maps.</source>
      <translation>{0} 处理 {2} 条光谱超过 {1} 秒：它不适合用来成图。</translation>
    </message>
    <message>
      <source>{0} takes {1} bands; no instrument has more than {2}.</source>
      <translation>{0} 需要 {1} 个波段；没有仪器的波段多于 {2} 个。</translation>
    </message>
    <message>
      <source>{0} takes {1} input(s) ({2}); an oxide model takes one float tensor of reflectance.</source>
      <translation>{0} 需要 {1} 个输入（{2}）；氧化物模型的输入是一个浮点型反射率张量。</translation>
    </message>
    <message>
      <source>{0} takes {1}; this plugin feeds reflectance only.</source>
      <translation>{0} 的输入为 {1}；本插件只提供反射率。</translation>
    </message>
    <message>
      <source>{0} thread(s) on {1}, blocks of {2} x {3} pixels.</source>
      <translation>在 {1} 上用 {0} 个线程，数据块 {2} x {3} 像元。</translation>
    </message>
    <message>
      <source>{0} uses operator set {1}; refining needs {2} or newer: export the model again.</source>
      <translation>{0} 使用算子集 {1}；改进需要 {2} 或更新：请重新导出模型。</translation>
    </message>
    <message>
      <source>{0} values for a field of {1}</source>
      <translation>字段 {1} 有 {0} 个值</translation>
    </message>
    <message>
      <source>{0} was changed while it was read, so that the map would mix both states: run again.</source>
      <translation>{0} 在读取过程中被修改，图件会混合两种状态：请重新运行。</translation>
    </message>
    <message>
      <source>{0} was removed or changed while it was read: run again on the complete file.</source>
      <translation>{0} 在读取过程中被删除或修改：请对完整的文件重新运行。</translation>
    </message>
    <message>
      <source>{0} would leave its folder</source>
      <translation>{0} 会越出其文件夹</translation>
    </message>
    <message>
      <source>{0} {1} where the model says {2} ({3} sigma)</source>
      <translation>{0} {1}，而模型给出 {2}（{3} sigma）</translation>
    </message>
    <message>
      <source>{0} {1} {2} is in no lunar soil or rock ({3} to {4})</source>
      <translation>没有月壤或月岩含 {0} {1} {2}（范围 {3} 至 {4}）</translation>
    </message>
    <message>
      <source>{0}, a part of {1}, is not as it was when that was made: it has {2} x {3} pixels of {4}{5}, not {6} x {7} of {8}{9}: put the earlier file back, or make the mosaic anew.</source>
      <translation>{1} 的组成部分 {0} 与制作时不同：它有 {2} x {3} 个 {4}{5} 像元，而不是 {6} x {7} 个 {8}{9}：请恢复原来的文件，或重新制作镶嵌。</translation>
    </message>
    <message>
      <source>{0}, a part of {1}, {2}: put it back, or make the mosaic anew.</source>
      <translation>{1} 的组成部分 {0} {2}：请将其恢复，或重新制作镶嵌。</translation>
    </message>
    <message>
      <source>{0}, band {1}{2}, taken as {3}</source>
      <translation>{0}，波段 {1}{2}，按 {3} 解释</translation>
    </message>
    <message>
      <source>{0}: GDAL and QGIS place it at {1}, {2}, which is taken: results lie there, not where QGIS shows the file itself.</source>
      <translation>{0}：GDAL 和 QGIS 将其置于 {1}，{2}，以后者为准：结果位于那里，而不是 QGIS 显示该文件之处。</translation>
    </message>
    <message>
      <source>{0}: correct the number, or say with COLUMNS in which unit it is, e.g. {1} (ppm)={2}, {3} (g/kg)={4} or {5} (fraction)={6}</source>
      <translation>{0}：请更正该数，或用 COLUMNS 说明其单位，例如 {1} (ppm)={2}、{3} (g/kg)={4} 或 {5} (fraction)={6}</translation>
    </message>
    <message>
      <source>{0}: its six oxides add up to {1} {2} where soils have {3} to {4}: check units and columns.</source>
      <translation>{0}：其六种氧化物之和为 {1} {2}，而月壤为 {3} 至 {4}：请检查单位和列。</translation>
    </message>
    <message>
      <source>{0}: its values agree with the model if {1} and {2} are exchanged: check the columns.</source>
      <translation>{0}：若将 {1} 与 {2} 互换，其数值便与模型一致：请检查各列。</translation>
    </message>
    <message>
      <source>{0}cannot have on the Moon ({1} to {2}): check BANDS and that the raster is of this sensor.</source>
      <translation>{0}在月球上不可能如此（{1} 至 {2}）：请检查 BANDS，并确认该栅格来自此传感器。</translation>
    </message>
    <message>
      <source>{0}does not have ({1} to {2}): this looks like {3}, and formulas and models of one sensor must not be used on another's reflectance; check the sensor and BANDS.</source>
      <translation>{0}不会如此（{1} 至 {2}）：看起来是 {3}，一种传感器的公式和模型不得用于另一种传感器的反射率；请检查传感器和 BANDS。</translation>
    </message>
    <message>
      <source>{0}each has one band, e.g. {1}. Join those with the reflectance into one raster (QGIS: Build virtual raster, each file in a separate band).</source>
      <translation>{0}每个各有一个波段，例如 {1}。请将含反射率的那些合并为一个栅格（QGIS：构建虚拟栅格，每个文件放入单独的波段）。</translation>
    </message>
    <message>
      <source>{0}has at no sampled soil ({1} to {2}): it may be fresh rock, reflectance of another sensor or of the laboratory, or bands in another order; check the product before trusting numbers.</source>
      <translation>{0}在所有采样月壤上均非如此（{1} 至 {2}）：可能是新鲜岩石、其他传感器或实验室的反射率，或波段顺序不同；在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0}open the one with the reflectance, e.g. {1}.</source>
      <translation>{0}请打开含反射率的那个，例如 {1}。</translation>
    </message>
    <message>
      <source>{band_description}: {count} of {total_pixels} pixels; {formula} [{citation}]</source>
      <translation>{band_description}：{total_pixels} 个像元中的 {count} 个；{formula} [{citation}]</translation>
    </message>
    <message>
      <source>{centre:g} nm, {width:g} nm wide</source>
      <translation>{centre:g} nm，宽 {width:g} nm</translation>
    </message>
    <message>
      <source>{count} pixels.</source>
      <translation>{count} 个像元。</translation>
    </message>
    <message>
      <source>{count} samples added.</source>
      <translation>已添加 {count} 个样品。</translation>
    </message>
    <message>
      <source>{file} cannot be read ({reason}).</source>
      <translation>无法读取 {file}（{reason}）。</translation>
    </message>
    <message>
      <source>{file} cannot be unpacked into {folder} ({reason}).</source>
      <translation>无法将 {file} 解包到 {folder}（{reason}）。</translation>
    </message>
    <message>
      <source>{file} did not arrive as the index describes it (interrupted or altered on the way): try again, or install from a wheel file.</source>
      <translation>收到的 {file} 与索引中的描述不符（下载中断或途中被改动）：请重试，或从 wheel 文件安装。</translation>
    </message>
    <message>
      <source>{file} is a wheel of {found}, not of {wanted}: choose another file.</source>
      <translation>{file} 是 {found} 的 wheel，而不是 {wanted} 的：请另选文件。</translation>
    </message>
    <message>
      <source>{file} is damaged or no wheel ({reason}): download it again.</source>
      <translation>{file} 已损坏或不是 wheel（{reason}）：请重新下载。</translation>
    </message>
    <message>
      <source>{file} is not made for this QGIS ({target}): get the wheel whose name has cp{major}{minor} and this system in it.</source>
      <translation>{file} 不适用于此 QGIS（{target}）：请获取名称中含 cp{major}{minor} 及本系统的 wheel。</translation>
    </message>
    <message>
      <source>{file} is not named as a wheel is (name-version-python-abi-platform.whl): choose a wheel file under the name it was published with.</source>
      <translation>{file} 的名称不符合 wheel 的命名（name-version-python-abi-platform.whl）：请选择保持发布时原名的 wheel 文件。</translation>
    </message>
    <message>
      <source>{folder} cannot be written ({reason}): check its permissions, close other QGIS windows, and try again.</source>
      <translation>无法写入 {folder}（{reason}）：请检查权限，关闭其他 QGIS 窗口后重试。</translation>
    </message>
    <message>
      <source>{label}: {count} pixels</source>
      <translation>{label}：{count} 个像元</translation>
    </message>
    <message>
      <source>{n_places} places explained with {value}, relative to the {value_2}.</source>
      <translation>已用 {value} 解释 {n_places} 个位置，参照为 {value_2}。</translation>
    </message>
    <message>
      <source>{name} came with the plugin and stays; only your own models can be removed.</source>
      <translation>{name} 随插件提供，不能移除；只能移除您自己的模型。</translation>
    </message>
    <message>
      <source>{name} cannot be read ({reason}); the file may be truncated.</source>
      <translation>无法读取 {name}（{reason}）；文件可能不完整。</translation>
    </message>
    <message>
      <source>{name} has no usable reflectance here ({flags}): choose another place.</source>
      <translation>{name} 在此处没有可用的反射率（{flags}）：请另选位置。</translation>
    </message>
    <message>
      <source>{name} has no {oxides}, which {quantity} needs: choose another quantity.</source>
      <translation>{name} 没有 {quantity} 所需的 {oxides}：请选择其他量。</translation>
    </message>
    <message>
      <source>{name} is no name of a file ({path}): give one, or leave it out.</source>
      <translation>{name} 不是文件名（{path}）：请给出文件名，或略去。</translation>
    </message>
    <message>
      <source>{name} is {value:g}, outside its range ({least} to {most}).</source>
      <translation>{name} 为 {value:g}，超出其范围（{least} 至 {most}）。</translation>
    </message>
    <message>
      <source>{name} is {value:g}: give a whole number.</source>
      <translation>{name} 为 {value:g}：请给出整数。</translation>
    </message>
    <message>
      <source>{name} is {value}, which is no number: give one such as 0.01, with a point, or leave it empty.</source>
      <translation>{name} 为 {value}，不是数字：请给出如 0.01 的数（用小数点），或留空。</translation>
    </message>
    <message>
      <source>{name} takes one band, not {count}.</source>
      <translation>{name} 只接受一个波段，而不是 {count} 个。</translation>
    </message>
    <message>
      <source>{name} was checked and added.</source>
      <translation>{name} 已通过检查并添加。</translation>
    </message>
    <message>
      <source>{name} was removed.</source>
      <translation>{name} 已移除。</translation>
    </message>
    <message>
      <source>{name}: {extent!r} is no extent: give xmin,xmax,ymin,ymax [CRS].</source>
      <translation>{name}：{extent!r} 不是范围：请给出 xmin,xmax,ymin,ymax [CRS]。</translation>
    </message>
    <message>
      <source>{n} cells of about {cell_km:.3g} km compared, {cells_skipped} left out for too little coverage: bias {bias:+.2f}, RMSE {rmse:.2f} {unit}.</source>
      <translation>比较了 {n} 个约 {cell_km:.3g} km 的单元，{cells_skipped} 个因覆盖不足而略去：偏差 {bias:+.2f}，RMSE {rmse:.2f} {unit}。</translation>
    </message>
    <message>
      <source>{n} stations</source>
      <translation>{n} 个站点</translation>
    </message>
    <message>
      <source>{n} tiles, {width} x {height} pixels.</source>
      <translation>{n} 个图幅，{width} x {height} 像元。</translation>
    </message>
    <message>
      <source>{one} and {other} would be the same file ({path}): give each its own name.</source>
      <translation>{one} 与 {other} 将是同一文件（{path}）：请各取名称。</translation>
    </message>
    <message>
      <source>{package} cannot be removed ({reason}): restart QGIS and try again.</source>
      <translation>无法移除 {package}（{reason}）：请重启 QGIS 后重试。</translation>
    </message>
    <message>
      <source>{package} does not work in QGIS's Python ({reason}); it was removed again and nothing has changed: try another version from a wheel file.</source>
      <translation>{package} 在 QGIS 的 Python 中不能工作（{reason}）；已将其移除，一切保持原样：请用 wheel 文件尝试其他版本。</translation>
    </message>
    <message>
      <source>{package} needs {project} too, which QGIS's Python lacks: put its wheel file into the folder {folder} and try again.</source>
      <translation>{package} 还需要 {project}，而 QGIS 的 Python 中没有：请将其 wheel 文件放入文件夹 {folder} 后重试。</translation>
    </message>
    <message>
      <source>{package} {version} works and is ready.</source>
      <translation>{package} {version} 工作正常，可以使用了。</translation>
    </message>
    <message>
      <source>{page} gives no sha256 of {file}, so that what arrives could not be checked: use another index, or download the wheel yourself and install from the file.</source>
      <translation>{page} 没有给出 {file} 的 sha256，无法校验收到的内容：请使用其他索引，或自行下载 wheel 并从文件安装。</translation>
    </message>
    <message>
      <source>{page} is not a page of a Python package index ({error}): check the address, and that no proxy or login page stands between.</source>
      <translation>{page} 不是 Python 软件包索引的页面（{error}）：请检查地址，并确认没有代理或登录页面拦截。</translation>
    </message>
    <message>
      <source>{page} offers no {project} wheel for {target}: install from a wheel file made for it, or use a QGIS with another Python.</source>
      <translation>{page} 没有适用于 {target} 的 {project} wheel：请从相应的 wheel 文件安装，或使用带有其他 Python 版本的 QGIS。</translation>
    </message>
    <message>
      <source>{page} offers {file} over {scheme}, where it could be exchanged on the way: use an index that offers it over https, or install from a wheel file.</source>
      <translation>{page} 通过 {scheme} 提供 {file}，途中可能被替换：请使用通过 https 提供它的索引，或从 wheel 文件安装。</translation>
    </message>
    <message>
      <source>{pairs} sites compared, {unseen} of them not seen in training, {skipped} skipped.</source>
      <translation>比较了 {pairs} 个采样点，其中 {unseen} 个未参与训练，{skipped} 个被跳过。</translation>
    </message>
    <message>
      <source>{path} cannot be deleted ({reason}).</source>
      <translation>无法删除 {path}（{reason}）。</translation>
    </message>
    <message>
      <source>{path} holds other layers ({layers}), which would be lost: choose another file, or 'Save to GeoPackage' in the output's menu to add a layer to this one.</source>
      <translation>{path} 含有其他图层（{layers}），它们将会丢失：请另选文件，或在输出的菜单中选择“保存到 GeoPackage”，向该文件添加图层。</translation>
    </message>
    <message>
      <source>{path} is no complete installation</source>
      <translation>{path} 的安装不完整</translation>
    </message>
    <message>
      <source>{python} cannot be started to try {package} ({reason}).</source>
      <translation>无法启动 {python} 来试运行 {package}（{reason}）。</translation>
    </message>
    <message>
      <source>{share:.0%} of the predicted pixels lie outside the model's training domain: check that the raster is the sensor and product the model was trained for.</source>
      <translation>{share:.0%} 的预测像元超出模型的训练域：请检查该栅格是否为模型训练所用的传感器和产品。</translation>
    </message>
    <message>
      <source>{share:.0%} of {count} sampled pixels lie outside the model's training domain: its answers there are extrapolation. Check that the raster is the product the model was trained for.</source>
      <translation>抽取的 {count} 个像元中有 {share:.0%} 超出模型的训练域：那里的结果属于外推。请检查该栅格是否为模型训练所用的产品。</translation>
    </message>
    <message>
      <source>{sites} sites of {chosen} missions.</source>
      <translation>{chosen} 次任务的 {sites} 个采样点。</translation>
    </message>
    <message>
      <source>{size} MB</source>
      <translation>{size} MB</translation>
    </message>
    <message>
      <source>{source} cannot be copied to {target} ({reason}).</source>
      <translation>无法将 {source} 复制到 {target}（{reason}）。</translation>
    </message>
    <message>
      <source>{text} is no number: correct it, or leave the field empty.</source>
      <translation>{text} 不是数字：请更正，或将该栏留空。</translation>
    </message>
    <message>
      <source>{title} has no value at {count} of {reflectance_pixels} pixels with reflectance: shadow, or its formula has no meaning there (R750 at or below its origin).</source>
      <translation>在 {reflectance_pixels} 个有反射率的像元中，{title} 在 {count} 个上没有值：阴影，或其公式在那里没有意义（R750 不高于其原点）。</translation>
    </message>
    <message>
      <source>{url} cannot be fetched ({reason}): check the connection and the proxy in QGIS's options (Network), or install from a wheel file.</source>
      <translation>无法获取 {url}（{reason}）：请检查网络连接以及 QGIS 选项（网络）中的代理设置，或从 wheel 文件安装。</translation>
    </message>
    <message>
      <source>{url} sends more than the {size:.1f} MB that it should: try another index, or install from a wheel file.</source>
      <translation>{url} 发送的内容超过应有的 {size:.1f} MB：请尝试其他索引，或从 wheel 文件安装。</translation>
    </message>
    <message>
      <source>{valid} of {total} pixels predicted with {model}.</source>
      <translation>用 {model} 预测了 {total} 个像元中的 {valid} 个。</translation>
    </message>
    <message>
      <source>{version}, in your profile</source>
      <translation>{version}，位于您的配置文件夹中</translation>
    </message>
    <message>
      <source>✓ The raster fits the model</source>
      <translation>✓ 栅格适用于该模型</translation>
    </message>
    <message>
      <source>✗ The raster does not fit the model</source>
      <translation>✗ 栅格不适用于该模型</translation>
    </message>
  </context>
</TS>
