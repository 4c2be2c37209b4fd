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
      <source> (tells little)</source>
      <translation>（参考价值不大）</translation>
    </message>
    <message>
      <source>! The raster fits, with doubts</source>
      <translation>! 栅格适用，但有疑问</translation>
    </message>
    <message>
      <source>(no name)</source>
      <translation>（无名称）</translation>
    </message>
    <message>
      <source>+ predicted too high</source>
      <translation>+ 预测偏高</translation>
    </message>
    <message>
      <source>+{0} {1} and above</source>
      <translation>+{0} {1} 及以上</translation>
    </message>
    <message>
      <source>, or one on either side of the raster's edge</source>
      <translation>，或在栅格边缘两侧各给一个</translation>
    </message>
    <message>
      <source>, triangles: analysed on the Moon</source>
      <translation>，三角形：在月球上分析</translation>
    </message>
    <message>
      <source>, whose soil has {0} {1}</source>
      <translation>，其月壤含 {0} {1}</translation>
    </message>
    <message>
      <source>1 - R{0}/Rc, Rc on the straight line from 749 to 1548 nm</source>
      <translation>1 - R{0}/Rc，Rc 取自 749 至 1548 nm 的直线</translation>
    </message>
    <message>
      <source>100 x molar MgO/(MgO + FeO)</source>
      <translation>100 x 摩尔比 MgO/(MgO + FeO)</translation>
    </message>
    <message>
      <source>2001, Soil Sci.</source>
      <translation>2001, Soil Sci.</translation>
    </message>
    <message>
      <source>2017, arXiv:1703.01365) by finite differences along the line from the reference in log reflectance.</source>
      <translation>2017, arXiv:1703.01365），用有限差分沿对数反射率中从参照出发的直线计算。</translation>
    </message>
    <message>
      <source>2021, Artificial Intelligence 298, 103502).</source>
      <translation>2021, Artificial Intelligence 298, 103502）。</translation>
    </message>
    <message>
      <source>25th percentile</source>
      <translation>第 25 百分位数</translation>
    </message>
    <message>
      <source>41, abstract 1635</source>
      <translation>41, abstract 1635</translation>
    </message>
    <message>
      <source>43, abstract 1905</source>
      <translation>43, abstract 1905</translation>
    </message>
    <message>
      <source>5 %</source>
      <translation>5 %</translation>
    </message>
    <message>
      <source>5 to 95 %</source>
      <translation>5 至 95 %</translation>
    </message>
    <message>
      <source>5th percentile</source>
      <translation>第 5 百分位数</translation>
    </message>
    <message>
      <source>75th percentile</source>
      <translation>第 75 百分位数</translation>
    </message>
    <message>
      <source>90 % interval</source>
      <translation>90 % 区间</translation>
    </message>
    <message>
      <source>90 % interval as the model's author states it</source>
      <translation>模型作者给出的 90 % 区间</translation>
    </message>
    <message>
      <source>90 % interval at a new place</source>
      <translation>新地点的 90 % 区间</translation>
    </message>
    <message>
      <source>90 % interval at a new place ({0})</source>
      <translation>新地点的 90 % 区间（{0}）</translation>
    </message>
    <message>
      <source>90 % interval near sampled geology</source>
      <translation>采样地质附近的 90 % 区间</translation>
    </message>
    <message>
      <source>90 % interval {0}</source>
      <translation>90 % 区间 {0}</translation>
    </message>
    <message>
      <source>90 % interval {kinds}</source>
      <translation>90 % 区间：{kinds}</translation>
    </message>
    <message>
      <source>95 %</source>
      <translation>95 %</translation>
    </message>
    <message>
      <source>95th percentile</source>
      <translation>第 95 百分位数</translation>
    </message>
    <message>
      <source>98 % of the variance of sigma at a new place (90 % near sampled geology) is common to all pixels of a region, the rest averages out: noise of spectra makes 7 to 28 % (25 to 76 %) of the squared errors of the shipped model where missions (stations) are left out, and less than the least of it is taken.</source>
      <translation>新地点的 sigma（采样地质附近为 90 %）的方差有 98 % 为一个区域的全部像元所共有，其余部分会平均掉：在留出任务（站点）处，光谱噪声占内置模型平方误差的 7 至 28 %（25 至 76 %），这里取小于其中最小者。</translation>
    </message>
    <message>
      <source>: give samples of your own, or choose a model that was not trained on these</source>
      <translation>：请给出您自己的样品，或选择没有用这些采样点训练的模型</translation>
    </message>
    <message>
      <source>; domain distance {0}</source>
      <translation>；域距离 {0}</translation>
    </message>
    <message>
      <source>; if no other run is at work, delete {0}</source>
      <translation>；若没有其他运行在进行，请删除 {0}</translation>
    </message>
    <message>
      <source>; larger marks are larger differences.</source>
      <translation>；标记越大，差值越大。</translation>
    </message>
    <message>
      <source>; mean over {0} km</source>
      <translation>；{0} km 内的平均</translation>
    </message>
    <message>
      <source>; {0} had to be left out, because the map covers too little of {1}</source>
      <translation>；{0} 因图在 {1} 的覆盖过少而略去</translation>
    </message>
    <message>
      <source>&lt;b&gt;{selected}&lt;/b&gt; of {count} pixels ({share:.1%}) lie in the region.</source>
      <translation>&lt;b&gt;{selected}&lt;/b&gt; / {count} 个像元（{share:.1%}）位于该区域内。</translation>
    </message>
    <message>
      <source>A bundled model ({models}) or one of your own from the models page. 'automatic' takes your preferred model if it is for the raster's sensor, or else the first model that is; the log says which and why. kaguya_mi_before_ce6 has never seen Chang'e-6, so that its prediction there is blind.</source>
      <translation>内置模型（{models}），或您在“模型”页中添加的模型。'automatic'（自动）采用您的首选模型（若它适用于该栅格的传感器），否则采用第一个适用的模型；日志会说明选用了哪个模型及原因。kaguya_mi_before_ce6 从未见过嫦娥六号，因此它在那里的预测是盲测。</translation>
    </message>
    <message>
      <source>A bundled model or one of your own from the models page. 'automatic' takes your preferred model if it is for the sensor of the input, or else the first model that is; the log says which and why.</source>
      <translation>内置模型，或您在“模型”页中添加的模型。'automatic'（自动）采用您的首选模型（若它适用于输入的传感器），否则采用第一个适用的模型；日志会说明选用了哪个模型及原因。</translation>
    </message>
    <message>
      <source>A cell belongs to a terrane if its middle does.</source>
      <translation>单元的中心位于某地体内，该单元即属于该地体。</translation>
    </message>
    <message>
      <source>A dash stands for a figure that the sites cannot give.</source>
      <translation>短横表示这些采样点无法给出该数值。</translation>
    </message>
    <message>
      <source>A domain distance above 1 says that the spectrum is unlike every training spectrum; a smaller one says nothing of the geology.</source>
      <translation>域距离大于 1 表示光谱与所有训练光谱都不相似；小于 1 与地质情况无关。</translation>
    </message>
    <message>
      <source>A feature cannot be written to the output: {reason}.</source>
      <translation>无法将要素写入输出：{reason}。</translation>
    </message>
    <message>
      <source>A live map needs a project to lie in, and there is none: open QGIS's window, or run 'Predict oxides'.</source>
      <translation>实时图需要放在工程中，而此处没有工程：请打开 QGIS 窗口，或运行“预测氧化物”。</translation>
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
      <source>A page with one map for each oxide</source>
      <translation>每种氧化物一幅图的页面</translation>
    </message>
    <message>
      <source>A page with the oxide that the map shows</source>
      <translation>当前图所示氧化物的页面</translation>
    </message>
    <message>
      <source>A pixel may have several flags.</source>
      <translation>一个像元可以有多个标记。</translation>
    </message>
    <message>
      <source>A polygon cannot be laid onto the raster's projection: choose polygons near the raster, or reproject the raster to a plain projection such as IAU_2015:30110.</source>
      <translation>有一个多边形无法放到栅格的投影上：请选择靠近栅格的多边形，或将栅格重投影到简单的投影，例如 IAU_2015:30110。</translation>
    </message>
    <message>
      <source>A raster made by 'Predict oxides', or any map of an oxide or element. Of a map with uncertainties the shown ones are used.</source>
      <translation>由“预测氧化物”生成的栅格，或某种氧化物或元素的任意图。对带有不确定度的图，采用其显示的那一种。</translation>
    </message>
    <message>
      <source>A raster made by 'Predict oxides', or any map of oxides or elements, ours or published; bands are found by their descriptions, e.g. FeO (wt%).</source>
      <translation>由“预测氧化物”生成的栅格，或任意氧化物或元素的图，无论是自制的还是已发表的；按波段描述识别各波段，例如 FeO (wt%)。</translation>
    </message>
    <message>
      <source>A raster made by 'Predict oxides', or any other map of the oxide.</source>
      <translation>由“预测氧化物”生成的栅格，或该氧化物的任何其他图。</translation>
    </message>
    <message>
      <source>A raster made by 'Predict oxides'. Layers of the project that show its bands are printed in their own style; missing ones are added.</source>
      <translation>由“预测氧化物”生成的栅格。工程中显示其波段的图层按各自的样式打印；缺少的会补上。</translation>
    </message>
    <message>
      <source>A raster made by 'Predict oxides'; its bands are found by their descriptions.</source>
      <translation>由“预测氧化物”生成的栅格；按波段描述识别各波段。</translation>
    </message>
    <message>
      <source>A reference map has errors of its own: this tells how far two maps agree, not which one is right.</source>
      <translation>参照图也有自己的误差：这里说明两幅图的一致程度，而不是哪一幅正确。</translation>
    </message>
    <message>
      <source>A run on a cluster needs the Python package dask.distributed, which cannot be imported ({0}): install it with 'python3 -m pip install distributed'.</source>
      <translation>在集群上运行需要 Python 软件包 dask.distributed，而它无法导入（{0}）：请运行 'python3 -m pip install distributed' 安装。</translation>
    </message>
    <message>
      <source>A sample site has {0} points: turn the layer into single parts first.</source>
      <translation>有一个采样点含 {0} 个点：请先将图层转换为单部件。</translation>
    </message>
    <message>
      <source>A site counts as seen in training when the model’s training list names it, or when a training station lies at the same place within the position error.</source>
      <translation>如果模型的训练列表列有某采样点，或在位置误差以内的同一地点有训练站点，该采样点就算参与过训练。</translation>
    </message>
    <message>
      <source>A slope below 1 says that high values are predicted too low and low ones too high; noise of the measured values alone lowers it a little.</source>
      <translation>斜率小于 1 表示高值预测偏低、低值预测偏高；仅实测值的噪声也会使它略微降低。</translation>
    </message>
    <message>
      <source>A slope says that high values are predicted too low or low ones too high.</source>
      <translation>有斜率表示高值预测偏低或低值预测偏高。</translation>
    </message>
    <message>
      <source>A spectral library (.sli with its .hdr), or a table: a first column of wavelengths (nm or µm) and one spectrum a column, or columns named after wavelengths (r414, 414 nm) and one spectrum a row. Columns of deviations are left out. Reflectance from 0 to 1 or percent; the log says what was recognised.</source>
      <translation>光谱库（.sli 及其 .hdr），或表格：第一列为波长（nm 或 µm），其后每列一条光谱；或各列以波长命名（r414、414 nm），每行一条光谱。偏差列会略去。反射率取 0 至 1 或百分比；日志会说明识别出了什么。</translation>
    </message>
    <message>
      <source>A standardised residual is the difference over that sigma.</source>
      <translation>标准化残差是差值除以该 sigma。</translation>
    </message>
    <message>
      <source>A worker has {0} threads, which wait for each other: {1} workers with one thread each (dask worker --nworkers {2} --nthreads 1) are up to twice as fast.</source>
      <translation>一个工作进程有 {0} 个线程，它们会互相等待：改用 {1} 个各有一个线程的工作进程（dask worker --nworkers {2} --nthreads 1），最多可快一倍。</translation>
    </message>
    <message>
      <source>A worker of the cluster</source>
      <translation>集群的一个工作进程</translation>
    </message>
    <message>
      <source>A worker of the cluster failed ({0}: {1}): its Python needs {2}, rasterio and onnxruntime, and the same paths of raster, model and output.</source>
      <translation>集群的一个工作进程失败（{0}：{1}）：其 Python 需要 {2}、rasterio 和 onnxruntime，并且栅格、模型和输出的路径须相同。</translation>
    </message>
    <message>
      <source>Activate a layer of lines and select one of them first.</source>
      <translation>请先激活一个线图层，并选中其中一条线。</translation>
    </message>
    <message>
      <source>Add ...</source>
      <translation>添加 …</translation>
    </message>
    <message>
      <source>Add a live map</source>
      <translation>添加实时图</translation>
    </message>
    <message>
      <source>Add a reflectance raster to the project.</source>
      <translation>请先向工程中添加反射率栅格。</translation>
    </message>
    <message>
      <source>Add as features to a layer: points for pixels, polygons for boxes</source>
      <translation>作为要素添加到图层：像元为点，矩形框为多边形</translation>
    </message>
    <message>
      <source>Add as polygons</source>
      <translation>作为多边形添加</translation>
    </message>
    <message>
      <source>Add sample sites</source>
      <translation>添加采样点</translation>
    </message>
    <message>
      <source>Added to the layer {name}: {count} pixels in {patches} patches.</source>
      <translation>已添加到图层 {name}：{count} 个像元，分为 {patches} 块。</translation>
    </message>
    <message>
      <source>Adding the sample sites ...</source>
      <translation>正在添加采样点 …</translation>
    </message>
    <message>
      <source>Adds a layer that shows oxides of a reflectance raster wherever one looks, without a run and without a file: what the map shows is read and predicted in the background, first coarse, then sharp. At full resolution its numbers are those of 'Predict oxides'. Where the map shows many pixels in one, spectra come from the raster's overviews, or single pixels are read; the legend says which. Needs a project, so a window of QGIS.</source>
      <translation>添加一个图层，看到哪里就显示那里的反射率栅格的氧化物，不需要运行，也不产生文件：地图所显示的部分在后台读取和预测，先粗后细。在完整分辨率下，其数值与“预测氧化物”相同。当地图的一个像素包含许多栅格像元时，光谱取自栅格的概览图，或只读取个别像元；图例会说明是哪一种。需要工程，因此需要 QGIS 窗口。</translation>
    </message>
    <message>
      <source>Adds the sites where Apollo, Luna and Chang'e missions collected soil, with the six oxides measured in the laboratory (wt%), how well each position is known, and who published it. Apollo 12's eight numbered rows are fines below 37 micrometres, which are 1-2 wt% poorer in FeO and 2-3 wt% richer in Al2O3 than bulk soil.</source>
      <translation>添加阿波罗、月球号和嫦娥任务采集月壤的地点，附实验室测得的六种氧化物含量（wt%）、位置精度和文献出处。阿波罗 12 号的八个编号行是小于 37 微米的细粒组分，其 FeO 比全岩月壤低 1-2 wt%,Al2O3 高 2-3 wt%。</translation>
    </message>
    <message>
      <source>Agreement</source>
      <translation>一致性</translation>
    </message>
    <message>
      <source>Agreement at training sites is fitted, not validation, and so few new sites cannot tell how well the model does elsewhere.</source>
      <translation>训练点上的一致性是拟合，不是验证；新采样点太少，无法说明模型在别处的表现。</translation>
    </message>
    <message>
      <source>Agreement at training sites is fitted, not validation.</source>
      <translation>训练点上的一致性是拟合，不是验证。</translation>
    </message>
    <message>
      <source>Agreement by oxide</source>
      <translation>各氧化物的一致性</translation>
    </message>
    <message>
      <source>Al2O3 / 0.3665: all aluminium in pure anorthite, none in pyroxene, spinel or glass</source>
      <translation>Al2O3 / 0.3665：设全部铝都在纯钙长石中，辉石、尖晶石和玻璃中没有</translation>
    </message>
    <message>
      <source>Al2O3 / {0}: all aluminium in pure anorthite, none in pyroxene, spinel or glass</source>
      <translation>Al2O3 / {0}：全部铝都在纯钙长石中，辉石、尖晶石或玻璃中没有</translation>
    </message>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>All bars of the places have one scale; their numbers are wt%.</source>
      <translation>各位置的所有条形采用同一比例；其数字单位为 wt%。</translation>
    </message>
    <message>
      <source>All checked sites</source>
      <translation>所有检验过的采样点</translation>
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
      <source>All statistics as CSV, one row for each quantity of each region.</source>
      <translation>全部统计量的 CSV，每个区域的每个量一行。</translation>
    </message>
    <message>
      <source>All that bands and table have in common</source>
      <translation>波段与表格共有的全部氧化物</translation>
    </message>
    <message>
      <source>All training soils</source>
      <translation>全部训练月壤</translation>
    </message>
    <message>
      <source>All values are weighted by area on the sphere; pixels at a border count with the part that lies inside.</source>
      <translation>所有数值按球面面积加权；边界上的像元按其位于区域内的部分计算。</translation>
    </message>
    <message>
      <source>All with a prediction</source>
      <translation>所有有预测值的像元</translation>
    </message>
    <message>
      <source>Along (km)</source>
      <translation>沿线（km）</translation>
    </message>
    <message>
      <source>Also add soils that rovers analysed on the Moon (Lunokhod 1 and 2). They are less precise than laboratory analyses; sample_kind says 'in situ'.</source>
      <translation>同时添加月球车就地分析的月壤（月球车 1 号和 2 号）。其精度低于实验室分析；sample_kind 为 'in situ'。</translation>
    </message>
    <message>
      <source>Also analyses made on the Moon</source>
      <translation>同时包括在月球上所作的分析</translation>
    </message>
    <message>
      <source>An attribution tells how the model uses reflectance, not that a mineral causes it: MgO and SiO₂ above all are inferred from their company in returned soils.</source>
      <translation>归因说明模型如何使用反射率，而不是某种矿物导致了它：尤其是 MgO 和 SiO₂，由返回月壤中与其伴生的成分推断而来。</translation>
    </message>
    <message>
      <source>An oxide whose interval is as wide as that of all soils tells little.</source>
      <translation>若某种氧化物的区间与全部月壤的同样宽，则它参考价值不大。</translation>
    </message>
    <message>
      <source>Analysed on the Moon</source>
      <translation>在月球上分析</translation>
    </message>
    <message>
      <source>Another run is writing the same output ({0}): wait for it or choose another output file{1}.</source>
      <translation>另一个运行正在写同一输出（{0}）：请等待或另选输出文件{1}。</translation>
    </message>
    <message>
      <source>Answer to the claim</source>
      <translation>对该说法的回答</translation>
    </message>
    <message>
      <source>Are the intervals right?</source>
      <translation>区间是否正确？</translation>
    </message>
    <message>
      <source>Area (km²)</source>
      <translation>面积（km²）</translation>
    </message>
    <message>
      <source>Area (million km²)</source>
      <translation>面积（百万 km²）</translation>
    </message>
    <message>
      <source>Area and quality</source>
      <translation>面积与质量</translation>
    </message>
    <message>
      <source>Arrange the finished map as a cloud-optimised GeoTIFF: programs that read it over a network load the parts that they show. The pixels are the same. It needs twice the room on the disk while it is arranged, and as much time as copying the file.</source>
      <translation>将完成的图整理为云优化的 GeoTIFF：通过网络读取它的程序只载入所显示的部分。像元不变。整理期间需要两倍的磁盘空间，所用时间与复制该文件相同。</translation>
    </message>
    <message>
      <source>Arranging the map for reading over a network.</source>
      <translation>正在整理图件，以便通过网络读取。</translation>
    </message>
    <message>
      <source>As the band's description says</source>
      <translation>按波段描述</translation>
    </message>
    <message>
      <source>As the bands' descriptions say</source>
      <translation>按各波段描述</translation>
    </message>
    <message>
      <source>Aside (km)</source>
      <translation>偏离（km）</translation>
    </message>
    <message>
      <source>Asking {index} ...</source>
      <translation>正在查询 {index} …</translation>
    </message>
    <message>
      <source>At a new place</source>
      <translation>在新地点</translation>
    </message>
    <message>
      <source>At places that no mission has sampled</source>
      <translation>在没有任务采样过的地方</translation>
    </message>
    <message>
      <source>At the new samples</source>
      <translation>在新样品处</translation>
    </message>
    <message>
      <source>At the new samples, wt%</source>
      <translation>在新样品处，wt%</translation>
    </message>
    <message>
      <source>At the old stations parent and correction are fitted without the station (cross-validated).</source>
      <translation>在旧站点处，原模型和校正都在不用该站点的情况下拟合（交叉验证）。</translation>
    </message>
    <message>
      <source>At {0} of {1} training stations an oxide changes by more than {2} wt%.</source>
      <translation>在 {1} 个训练站点中，有 {0} 个站点的某种氧化物变化超过 {2} wt%。</translation>
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
      <source>Band</source>
      <translation>波段</translation>
    </message>
    <message>
      <source>Band depth {0} nm</source>
      <translation>{0} nm 吸收深度</translation>
    </message>
    <message>
      <source>Band depths (R 950, G 1050, B 1250 nm)</source>
      <translation>吸收深度（R 950、G 1050、B 1250 nm）</translation>
    </message>
    <message>
      <source>Band mapping</source>
      <translation>波段对应</translation>
    </message>
    <message>
      <source>Band of the map</source>
      <translation>图的波段</translation>
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
      <source>Band {0} of {1} has scale {2} and offset {3}, which give no reflectance: set SCALE and OFFSET ({4}).</source>
      <translation>{1} 的波段 {0} 的缩放系数为 {2}、偏移量为 {3}，得不到反射率：请设置 SCALE 和 OFFSET（{4}）。</translation>
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
      <source>Bands of the model (nm)</source>
      <translation>模型的波段（nm）</translation>
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
      <source>Bars: 90 % interval of the difference.</source>
      <translation>线段：差值的 90 % 区间。</translation>
    </message>
    <message>
      <source>Basalt class</source>
      <translation>玄武岩类别</translation>
    </message>
    <message>
      <source>Below 1 a spectrum is like a sampled one; that says nothing of the geology.</source>
      <translation>小于 1 表示光谱与采样光谱相似；这与地质情况无关。</translation>
    </message>
    <message>
      <source>Below each value stands half the width of its 90 % interval {0} (1.645 sigma).</source>
      <translation>每个数值下方为其{0}的 90 % 区间的一半（1.645 sigma）。</translation>
    </message>
    <message>
      <source>Below each value stands half the width of its 90 % intervals (1.645 sigma): first {0}, then {1}.</source>
      <translation>每个数值下方为其 90 % 区间的一半（1.645 sigma）：先为{0}的，后为{1}的。</translation>
    </message>
    <message>
      <source>Below the figures: their 90 % intervals; with fewer than {0} sites they say nothing.</source>
      <translation>数值下方：其 90 % 区间；少于 {0} 个采样点时没有意义。</translation>
    </message>
    <message>
      <source>Better at the new samples' places by cross-validation: {0}.</source>
      <translation>交叉验证表明在新样品处更好：{0}。</translation>
    </message>
    <message>
      <source>Better by cross-validation: {0}.</source>
      <translation>交叉验证表明更好：{0}。</translation>
    </message>
    <message>
      <source>Bias</source>
      <translation>偏差</translation>
    </message>
    <message>
      <source>Bias by mission</source>
      <translation>各任务的偏差</translation>
    </message>
    <message>
      <source>Bias is its mean, MAE the mean and MedAE the median of its absolute value, RMSE the root of its mean square.</source>
      <translation>偏差是差值的平均，MAE 是其绝对值的平均，MedAE 是其绝对值的中位数，RMSE 是其均方的平方根。</translation>
    </message>
    <message>
      <source>Bias, predicted minus measured ({0})</source>
      <translation>偏差，预测减实测（{0}）</translation>
    </message>
    <message>
      <source>Bold differences lie outside the 90 % interval of both.</source>
      <translation>粗体差值位于两者的 90 % 区间之外。</translation>
    </message>
    <message>
      <source>Bold differences lie outside the 90 % interval of the prediction.</source>
      <translation>粗体差值位于预测的 90 % 区间之外。</translation>
    </message>
    <message>
      <source>Box plots</source>
      <translation>箱线图</translation>
    </message>
    <message>
      <source>Build overviews</source>
      <translation>建立概览图</translation>
    </message>
    <message>
      <source>Build overviews …</source>
      <translation>建立概览图 …</translation>
    </message>
    <message>
      <source>By default nothing cancels: missions that the model has not seen are missed in both directions, FeO for example by +1.1 wt% at Apollo 14 and −3.2 at Chang’e-5.</source>
      <translation>默认情况下没有抵消：模型没有见过的任务在两个方向都有偏离，例如 FeO 在阿波罗 14 处为 +1.1 wt%，在嫦娥五号处为 −3.2。</translation>
    </message>
    <message>
      <source>By latitude</source>
      <translation>按纬度</translation>
    </message>
    <message>
      <source>By terrane</source>
      <translation>按地体</translation>
    </message>
    <message>
      <source>By this map it cannot be told.</source>
      <translation>由这幅图无法判断。</translation>
    </message>
    <message>
      <source>By this map: no.</source>
      <translation>由这幅图：否。</translation>
    </message>
    <message>
      <source>By this map: yes.</source>
      <translation>由这幅图：是。</translation>
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
      <source>CRS</source>
      <translation>坐标系</translation>
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
      <source>Cancelled: no overviews were written.</source>
      <translation>已取消：未写出概览图。</translation>
    </message>
    <message>
      <source>Cancelled: nothing was installed.</source>
      <translation>已取消：未安装任何内容。</translation>
    </message>
    <message>
      <source>Cancelled: nothing was written.</source>
      <translation>已取消：未写出任何内容。</translation>
    </message>
    <message>
      <source>Card</source>
      <translation>说明卡</translation>
    </message>
    <message>
      <source>Cell by cell</source>
      <translation>逐单元</translation>
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
      <source>Centre (nm)</source>
      <translation>中心（nm）</translation>
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
      <source>Chang'e-5</source>
      <translation>嫦娥五号</translation>
    </message>
    <message>
      <source>Chang'e-5 among them</source>
      <translation>其中有嫦娥五号</translation>
    </message>
    <message>
      <source>Chang'e-6</source>
      <translation>嫦娥六号</translation>
    </message>
    <message>
      <source>Chang'e-6 among them</source>
      <translation>其中有嫦娥六号</translation>
    </message>
    <message>
      <source>Chang’e-5 and Chang’e-6</source>
      <translation>嫦娥五号与嫦娥六号</translation>
    </message>
    <message>
      <source>Chang’e-5 and Chang’e-6 are single, unusual points with a large weight in every squared error, so metrics are also given without them.</source>
      <translation>嫦娥五号和嫦娥六号是单个的特殊点，在所有平方误差中权重很大，因此也给出不含它们的指标。</translation>
    </message>
    <message>
      <source>Chart of spectra</source>
      <translation>光谱图表</translation>
    </message>
    <message>
      <source>Charts need the Python package matplotlib, which QGIS's Python cannot import ({reason}). Tables, pins and export work without it.</source>
      <translation>绘图需要 Python 软件包 matplotlib，而 QGIS 的 Python 无法导入它（{reason}）。表格、图钉和导出不受影响。</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>检验</translation>
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
      <source>Check regions against gamma rays</source>
      <translation>用伽马射线检验区域</translation>
    </message>
    <message>
      <source>Check this first.</source>
      <translation>请先检查这一点。</translation>
    </message>
    <message>
      <source>Checked sites</source>
      <translation>已检验的采样点</translation>
    </message>
    <message>
      <source>Checked with</source>
      <translation>检验所用软件</translation>
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
      <source>Choose the raster of this live map</source>
      <translation>选择此实时图的栅格</translation>
    </message>
    <message>
      <source>Choose where the raster lies now</source>
      <translation>选择栅格现在的位置</translation>
    </message>
    <message>
      <source>Citation</source>
      <translation>引用</translation>
    </message>
    <message>
      <source>Citation of the model</source>
      <translation>模型的引用</translation>
    </message>
    <message>
      <source>Cite: {citation}</source>
      <translation>引用：{citation}</translation>
    </message>
    <message>
      <source>Clark &amp; Roush (1984): the highest straight lines over the spectrum</source>
      <translation>Clark &amp; Roush (1984)：光谱上方最高的各段直线</translation>
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
      <source>Click a pixel or drag a box: its spectrum, the oxides and how sure they are</source>
      <translation>单击像元或拖出矩形框：查看其光谱、氧化物及可信程度</translation>
    </message>
    <message>
      <source>Click a pixel: its oxides with their 90 % intervals</source>
      <translation>单击像元：查看其氧化物及 90 % 区间</translation>
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
      <source>Click points on the map; end with a right click, a double click or Enter</source>
      <translation>在地图上依次单击各点；右键单击、双击或按 Enter 结束</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Cloud-optimised</source>
      <translation>云优化</translation>
    </message>
    <message>
      <source>Colour composite</source>
      <translation>彩色合成</translation>
    </message>
    <message>
      <source>Colour composite: colour ratios or natural-like colours of the chosen raster</source>
      <translation>彩色合成：所选栅格的颜色比值或近自然色</translation>
    </message>
    <message>
      <source>Colour ratios (R 750/415, G 750/950, B 415/750)</source>
      <translation>颜色比值（R 750/415、G 750/950、B 415/750）</translation>
    </message>
    <message>
      <source>Colour ratios need bands at 415, 750 and 950 nm; natural-like colours need 415 and 750 nm, between which reflectance is interpolated.</source>
      <translation>颜色比值需要 415、750 和 950 nm 的波段；近自然色需要 415 和 750 nm，其间的反射率由插值得到。</translation>
    </message>
    <message>
      <source>Colour: pixels. Marks: soils measured at the stations (circle Apollo, square Luna, star Chang'e); point at one for its name. Drag a region: its pixels light up on the map.</source>
      <translation>颜色：像元。符号：各站点实测的月壤（圆为阿波罗，方为月球号，星为嫦娥）；指向符号可看名称。拖动选出区域，其像元会在地图上高亮。</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>颜色</translation>
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
      <source>Command to repeat</source>
      <translation>重现命令</translation>
    </message>
    <message>
      <source>Common grid</source>
      <translation>公共网格</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>比较</translation>
    </message>
    <message>
      <source>Compare rasters</source>
      <translation>比较栅格</translation>
    </message>
    <message>
      <source>Compared</source>
      <translation>已比较</translation>
    </message>
    <message>
      <source>Compared cells</source>
      <translation>已比较的单元</translation>
    </message>
    <message>
      <source>Compared is the median of the map over the ground where the instrument may have stood, in wt%; behind ± one standard error.</source>
      <translation>比较的是图在仪器可能所在地面上的中位数，单位 wt%；± 之后为一个标准误差。</translation>
    </message>
    <message>
      <source>Compared: share of the terrane’s area.</source>
      <translation>已比较：占该地体面积的比例。</translation>
    </message>
    <message>
      <source>Compares a map of oxides, ours or published, with elements measured from orbit, for example Lunar Prospector's gamma-ray tables as they are archived. The map is averaged over each of the table's cells. The one-page report gives means by terrane - South Pole-Aitken, maria, highlands - with uncertainties, and answers whether South Pole-Aitken has more SiO2 and less FeO and TiO2 than the maria of the near side: yes, no, or cannot be told. Gamma rays see half a metre deep and about 150 km wide.</source>
      <translation>将氧化物图（自制的或已发表的）与轨道测得的元素比较，例如原样存档的月球勘探者号伽马射线表。图在表的每个单元上取平均。一页的报告按地体 - 南极-艾特肯盆地、月海、高地 - 给出平均值及不确定度，并回答南极-艾特肯盆地是否比正面月海 SiO2 更多、FeO 和 TiO2 更少：是、否或无法判断。伽马射线探测的深度为半米，宽度约 150 km。</translation>
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
      <source>Comparison of two maps of {0}</source>
      <translation>两幅 {0} 图的比较</translation>
    </message>
    <message>
      <source>Composition</source>
      <translation>成分</translation>
    </message>
    <message>
      <source>Composition along a line</source>
      <translation>沿线的成分</translation>
    </message>
    <message>
      <source>Composition along lines</source>
      <translation>沿各线的成分</translation>
    </message>
    <message>
      <source>Composition of regions</source>
      <translation>区域的成分</translation>
    </message>
    <message>
      <source>Compression</source>
      <translation>压缩</translation>
    </message>
    <message>
      <source>Concordance</source>
      <translation>一致性系数</translation>
    </message>
    <message>
      <source>Concordance is Lin’s coefficient, which also falls with bias and with a wrong slope: Lin 1989, {0}.</source>
      <translation>一致性系数为 Lin 系数，偏差和不正确的斜率也会使它下降：Lin 1989, {0}。</translation>
    </message>
    <message>
      <source>Content</source>
      <translation>内容</translation>
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
      <source>Continuum removed (hull)</source>
      <translation>去连续统（凸包）</translation>
    </message>
    <message>
      <source>Continuum removed (line)</source>
      <translation>去连续统（直线）</translation>
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
      <source>Cost</source>
      <translation>代价</translation>
    </message>
    <message>
      <source>Coverage</source>
      <translation>覆盖率</translation>
    </message>
    <message>
      <source>Coverage asked for</source>
      <translation>要求的覆盖率</translation>
    </message>
    <message>
      <source>Crisium</source>
      <translation>危海</translation>
    </message>
    <message>
      <source>Cross-validation does not show the refined model to be better for any oxide.</source>
      <translation>交叉验证没有表明改进后的模型对任何氧化物更好。</translation>
    </message>
    <message>
      <source>Curves</source>
      <translation>曲线</translation>
    </message>
    <message>
      <source>Curves as CSV</source>
      <translation>曲线存为 CSV</translation>
    </message>
    <message>
      <source>Dashed: South Pole–Aitken basin (ellipse of Garrick-Bethell &amp; Zuber 2009).</source>
      <translation>虚线：南极-艾特肯盆地（Garrick-Bethell &amp; Zuber 2009 的椭圆）。</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>数据</translation>
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
      <source>Definitions</source>
      <translation>定义</translation>
    </message>
    <message>
      <source>Delete {path}? Maps made with it stay.</source>
      <translation>删除 {path}？用它制作的图件会保留。</translation>
    </message>
    <message>
      <source>Demo: Clementine</source>
      <translation>演示：Clementine</translation>
    </message>
    <message>
      <source>Density</source>
      <translation>密度</translation>
    </message>
    <message>
      <source>Density chart of {0} cells with the 1:1 line; the fullest square holds {1} of them.</source>
      <translation>{0} 个单元的密度图及 1:1 线；最密的格子含其中 {1} 个。</translation>
    </message>
    <message>
      <source>Derived products</source>
      <translation>派生产品</translation>
    </message>
    <message>
      <source>Derives from predicted oxides: Mg# (100 x molar MgO/(MgO + FeO)), FeO/TiO2, Fe/Ti and Al2O3/CaO, the sum of oxides, normative plagioclase, grain density, basalt classes by TiO2 and Al2O3, and highland rock types by plagioclase and Mg#, each with its uncertainty or probability. Uncertainties come from the sigma bands (at a new place where the raster has them), the errors of the oxides taken as independent. Only products whose oxides are predicted are made. The limits of classes are those of rocks; the Moon shows soils, which are mixtures.</source>
      <translation>由预测的氧化物派生：Mg#（100 x 摩尔比 MgO/(MgO + FeO)）、FeO/TiO2、Fe/Ti 和 Al2O3/CaO、氧化物总和、标准矿物斜长石、颗粒密度、按 TiO2 和 Al2O3 划分的玄武岩类型，以及按斜长石和 Mg# 划分的高地岩石类型，各附不确定度或概率。不确定度来自 sigma 波段（栅格有新地点的 sigma 时采用之），各氧化物的误差视为独立。只生成所需氧化物已有预测的产品。类型的界限是岩石的界限；月球表面看到的是月壤，即混合物。</translation>
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
      <source>Differences are given between the {0} largest of {1} regions: join polygons of one kind, or choose fewer.</source>
      <translation>只给出 {1} 个区域中最大的 {0} 个之间的差异：请合并同类的多边形，或减少区域。</translation>
    </message>
    <message>
      <source>Differences between all pairs of regions as CSV, with standard error and probability, adjusted for their number (Holm 1979).</source>
      <translation>所有区域两两之间的差异的 CSV，附标准误差和概率，概率已按其个数调整（Holm 1979）。</translation>
    </message>
    <message>
      <source>Differences between regions</source>
      <translation>区域之间的差异</translation>
    </message>
    <message>
      <source>Differences that are significant at 5 %, all of them tested together.</source>
      <translation>在 5 % 水平显著的差异，全部一起检验。</translation>
    </message>
    <message>
      <source>Digest of the file; prediction rasters carry it, so that maps can be traced.</source>
      <translation>文件的摘要值；预测栅格中也有记录，便于追溯图件来源。</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>距离</translation>
    </message>
    <message>
      <source>Distance between the two wavelengths, and how the band was found</source>
      <translation>两个波长之差，以及该波段是如何找到的</translation>
    </message>
    <message>
      <source>Distance from the training spectra; beyond the dashed line at 1 the model extrapolates.</source>
      <translation>与训练光谱的距离；在 1 处的虚线之外模型是外推。</translation>
    </message>
    <message>
      <source>Distance in whitened log reflectance; above 1 the station is not near.</source>
      <translation>白化对数反射率中的距离；大于 1 表示该站点不相近。</translation>
    </message>
    <message>
      <source>Distances are sums of short great-circle steps along the line, which is straight in the CRS that it was drawn in.</source>
      <translation>距离是沿线各短大圆段之和；线在绘制它的坐标系中是直的。</translation>
    </message>
    <message>
      <source>Divided by the spectrum of a pin</source>
      <translation>除以某个固定光谱</translation>
    </message>
    <message>
      <source>Does South Pole-Aitken have more SiO₂ and less FeO and TiO₂ than the maria of the near side?</source>
      <translation>南极-艾特肯盆地的 SiO₂ 是否比正面月海多，FeO 和 TiO₂ 是否更少？</translation>
    </message>
    <message>
      <source>Does it help?</source>
      <translation>有帮助吗？</translation>
    </message>
    <message>
      <source>Domain</source>
      <translation>适用域</translation>
    </message>
    <message>
      <source>Domain distance</source>
      <translation>域距离</translation>
    </message>
    <message>
      <source>Domain: distance from the training spectra, above 1 unlike all of them.</source>
      <translation>域：与训练光谱的距离，大于 1 表示与所有训练光谱都不相似。</translation>
    </message>
    <message>
      <source>Done. The report compares the maps with measured soil: the model was trained on these sites, so it shows the fit and validates nothing. The files lie in {folder}, which QGIS deletes when it closes.</source>
      <translation>完成。报告将图件与实测月壤作了比较：模型正是用这些采样点训练的，因此只反映拟合程度，不构成验证。文件位于 {folder}，QGIS 关闭时会将其删除。</translation>
    </message>
    <message>
      <source>Double-click to choose a colour, F2 to rename, Delete to remove, Ctrl+Z to bring back</source>
      <translation>双击选择颜色，F2 重命名，Delete 移除，Ctrl+Z 恢复</translation>
    </message>
    <message>
      <source>Doubts</source>
      <translation>疑点</translation>
    </message>
    <message>
      <source>Drag a line over the map: the other model to its right</source>
      <translation>在地图上拖动分界线：另一模型显示在其右侧</translation>
    </message>
    <message>
      <source>Draw a line</source>
      <translation>绘制线</translation>
    </message>
    <message>
      <source>Draw a line on the map</source>
      <translation>在地图上绘制一条线</translation>
    </message>
    <message>
      <source>Draw a line on the map, or take the selected one.</source>
      <translation>在地图上绘制一条线，或采用选中的线。</translation>
    </message>
    <message>
      <source>Draw a line on the map: the oxides along it, with uncertainty and sites</source>
      <translation>在地图上绘制一条线：查看沿线的氧化物、不确定度和采样点</translation>
    </message>
    <message>
      <source>E</source>
      <translation>东</translation>
    </message>
    <message>
      <source>ENVI spectral libraries (*.sli);;Tables (*.csv)</source>
      <translation>ENVI 光谱库 (*.sli);;表格 (*.csv)</translation>
    </message>
    <message>
      <source>Each bar is a Shapley value: the mean change that learning this band's reflectance makes to the prediction, over all orders in which the bands can become known, bands not yet known being filled in with what the known ones let expect.</source>
      <translation>每个条形是一个Shapley 值：得知该波段反射率时预测的平均变化，对波段逐个得知的所有顺序取平均，尚未得知的波段按已知波段的预期填补。</translation>
    </message>
    <message>
      <source>Each bar is an integrated gradient (Sundararajan et al.</source>
      <translation>每个条形是一个积分梯度（Sundararajan et al.</translation>
    </message>
    <message>
      <source>Each bar is the change of the prediction when this band is forgotten and filled in with what the other bands let expect: what only this band knows.</source>
      <translation>每个条形是忘记该波段并按其他波段的预期填补时预测的变化：即只有该波段才知道的内容。</translation>
    </message>
    <message>
      <source>Each mission of the parent’s training in turn is taken as never flown: its stations do not hold the correction at zero.</source>
      <translation>原模型训练中的每个任务依次当作从未进行：其站点不把校正固定为零。</translation>
    </message>
    <message>
      <source>Each part of the line has the mean of the pixels below it, sampled twice per pixel, and of the pixels beside it where a width was given.</source>
      <translation>线的每一段取其下像元的平均（每个像元取样两次），给出宽度时也包括旁边的像元。</translation>
    </message>
    <message>
      <source>Each spectrum: the line is what was measured, points are the model’s bands.</source>
      <translation>每条光谱：线为测量值，点为模型的波段。</translation>
    </message>
    <message>
      <source>East longitude (°)</source>
      <translation>东经（°）</translation>
    </message>
    <message>
      <source>Element, fraction (0 to 1)</source>
      <translation>元素，质量分数（0 至 1）</translation>
    </message>
    <message>
      <source>Element, ppm</source>
      <translation>元素，ppm</translation>
    </message>
    <message>
      <source>Element, wt%</source>
      <translation>元素，wt%</translation>
    </message>
    <message>
      <source>Elements become oxides by molar mass (standard atomic weights, Prohaska et al.</source>
      <translation>元素按摩尔质量换算为氧化物（标准原子量，Prohaska et al.</translation>
    </message>
    <message>
      <source>Elsewhere it answers as its parent.</source>
      <translation>在别处它与原模型的答案相同。</translation>
    </message>
    <message>
      <source>Encoding</source>
      <translation>编码</translation>
    </message>
    <message>
      <source>Equirectangular, degrees east and north.</source>
      <translation>等距圆柱投影，东经与北纬度数。</translation>
    </message>
    <message>
      <source>Error after refinement (fitted)</source>
      <translation>改进后的误差（拟合）</translation>
    </message>
    <message>
      <source>Error when left out</source>
      <translation>留出时的误差</translation>
    </message>
    <message>
      <source>Every pixel away from the landing sites is such a place.</source>
      <translation>着陆点以外的每个像元都是这样的地方。</translation>
    </message>
    <message>
      <source>Everywhere else</source>
      <translation>其他各处</translation>
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
      <source>Explore</source>
      <translation>探索</translation>
    </message>
    <message>
      <source>Extent</source>
      <translation>范围</translation>
    </message>
    <message>
      <source>Farther than the reach from every sample and station the parent's answer stays as it is.</source>
      <translation>距所有样品和站点超过作用范围处，原模型的答案保持不变。</translation>
    </message>
    <message>
      <source>FeO after Lemelin 2015</source>
      <translation>Lemelin 2015 的 FeO</translation>
    </message>
    <message>
      <source>FeO after Lucey 2000</source>
      <translation>Lucey 2000 的 FeO</translation>
    </message>
    <message>
      <source>FeO in wt% from which on ground outside South Pole-Aitken counts as mare in the report: a criterion of composition, halfway between the averages of highlands (6) and maria (16) of Bhatt et al. (2015).</source>
      <translation>南极-艾特肯盆地以外的地面，FeO 达到多少 wt% 起在报告中计为月海：这是成分判据，取 Bhatt 等（2015）中高地（6）与月海（16）平均值的中点。</translation>
    </message>
    <message>
      <source>FeO of maria after Wilcox 2005</source>
      <translation>Wilcox 2005 的月海 FeO</translation>
    </message>
    <message>
      <source>FeO of the gamma-ray table in wt% from which on ground outside South Pole-Aitken counts as mare: halfway between the averages of highlands (6) and maria (16) of Bhatt et al. (2015). The map that is checked does not decide.</source>
      <translation>伽马射线表的 FeO 达到多少 wt% 起，南极-艾特肯盆地以外的地面计为月海：取 Bhatt 等（2015）中高地（6）与月海（16）平均值的中点。不由被检验的图判定。</translation>
    </message>
    <message>
      <source>Fecunditatis</source>
      <translation>丰富海</translation>
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
      <source>Field with the names of regions, e.g. geologic units: polygons of one name form one region. Empty: each polygon is a region of its own.</source>
      <translation>含区域名称的字段，例如地质单元：同名的多边形合为一个区域。留空则每个多边形各为一个区域。</translation>
    </message>
    <message>
      <source>Field with the names of the lines; empty: they are numbered.</source>
      <translation>含线名称的字段；留空则编号。</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>数值</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Files of this check</source>
      <translation>本次检验的文件</translation>
    </message>
    <message>
      <source>Find the bands again</source>
      <translation>重新查找波段</translation>
    </message>
    <message>
      <source>First region minus second, with its standard error and the probability of a difference as large without any true one.</source>
      <translation>第一个区域减第二个区域，附其标准误差，以及没有真实差异时出现同样大差异的概率。</translation>
    </message>
    <message>
      <source>Fitted figures are of the training stations themselves and say only how closely they are followed.</source>
      <translation>拟合数值是训练站点自身的，只说明对它们的贴合程度。</translation>
    </message>
    <message>
      <source>Fitted line, {0}: {1}.</source>
      <translation>拟合线，{0}：{1}。</translation>
    </message>
    <message>
      <source>Fitted slope</source>
      <translation>拟合斜率</translation>
    </message>
    <message>
      <source>Fitted, no validation</source>
      <translation>拟合，不是验证</translation>
    </message>
    <message>
      <source>Fitted, not validated: {protocol}</source>
      <translation>拟合值，非验证：{protocol}</translation>
    </message>
    <message>
      <source>Fixed</source>
      <translation>固定</translation>
    </message>
    <message>
      <source>Flagged pixels</source>
      <translation>有标记的像元</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>标记</translation>
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
      <source>Folder of charts</source>
      <translation>图表文件夹</translation>
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
      <source>Footprint of the spectrometer (km)</source>
      <translation>谱仪的视场（km）</translation>
    </message>
    <message>
      <source>For each oxide (e.g. RMSE_TIO2), over all compared sites, in wt% (R2 without unit). The report gives them for seen and unseen sites apart.</source>
      <translation>对每种氧化物（例如 RMSE_TIO2），统计全部参与比较的采样点，单位 wt%（R2 无单位）。报告中分别给出参与训练和未参与训练的采样点的结果。</translation>
    </message>
    <message>
      <source>For {0} of them the raster does not say whether the model was trained on their spectra.</source>
      <translation>其中 {0} 个，栅格没有说明模型是否用其光谱训练过。</translation>
    </message>
    <message>
      <source>Forget your choice of bands and find them by wavelength</source>
      <translation>放弃手动选择的波段，按波长重新查找</translation>
    </message>
    <message>
      <source>Formulas that know nothing of the model, on the reflectance at the same sites ({0}); only sites where both have a value, in wt%.</source>
      <translation>与模型无关的公式，用于同一采样点的反射率（{0}）；只含两者都有数值的采样点，单位 wt%。</translation>
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
      <source>From 100 km of altitude the spectrometer sees ground of about 150 km at a time, whatever the size of the table’s cells.</source>
      <translation>在 100 km 高度，谱仪一次看到约 150 km 的地面，与表中单元的大小无关。</translation>
    </message>
    <message>
      <source>From wheel file ...</source>
      <translation>从 wheel 文件安装 …</translation>
    </message>
    <message>
      <source>From {0} to {1}.</source>
      <translation>从 {0} 到 {1}。</translation>
    </message>
    <message>
      <source>Full resolution: the numbers of 'Predict oxides'</source>
      <translation>完整分辨率：数值与“预测氧化物”相同</translation>
    </message>
    <message>
      <source>Gamma rays</source>
      <translation>伽马射线</translation>
    </message>
    <message>
      <source>Gamma rays ({0})</source>
      <translation>伽马射线（{0}）</translation>
    </message>
    <message>
      <source>Gamma rays come from the upper half metre; reflectance is that of the upper millimetre.</source>
      <translation>伽马射线来自表层半米；反射率来自最上面的一毫米。</translation>
    </message>
    <message>
      <source>Gamma rays say</source>
      <translation>伽马射线的结果</translation>
    </message>
    <message>
      <source>Gamma-ray check</source>
      <translation>伽马射线检验</translation>
    </message>
    <message>
      <source>Gamma-ray table</source>
      <translation>伽马射线表</translation>
    </message>
    <message>
      <source>Gaussian-process correction of the parent's oxides from the added samples, pinned to zero at its training stations, in whitened log reflectance, with compact support</source>
      <translation>原模型氧化物的高斯过程校正，由新增样品得到，在其训练站点处固定为零，在白化对数反射率中计算，具有紧支撑</translation>
    </message>
    <message>
      <source>GeoTIFF (*.tif)</source>
      <translation>GeoTIFF (*.tif)</translation>
    </message>
    <message>
      <source>GeoTIFF at reduced sampling: the strongest band of each oxide, then the attribution of each band to each oxide (wt%). Bands are the model's, counted from 1; the file's tag LUNAR_OXIDE_MODEL_BANDS names them.</source>
      <translation>降采样的 GeoTIFF：先是每种氧化物的最强波段，然后是各波段对各氧化物的归因（wt%）。波段指模型的波段，从 1 起计；其名称见文件标签 LUNAR_OXIDE_MODEL_BANDS。</translation>
    </message>
    <message>
      <source>GeoTIFF of three bands, numbers as computed; the stretch is a matter of style.</source>
      <translation>三个波段的 GeoTIFF，数值为计算所得；拉伸只属于样式。</translation>
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
      <source>GeoTIFF with what the model gives, 14 bands for kaguya_mi: the oxides (wt%), their sigmas (wt%; the 90 % interval is 1.645 sigma to either side), domain distance (above 1: a spectrum unlike all sampled ones; below 1 the spectrum is like a sampled one, which says nothing of the geology), and quality flags (0: good; 2 shadow, 4 saturated, 8 spectrum unlike all sampled ones, 16 outside the physical range, 32 implausible sum of oxides, 64 an interval wider than the spread of all training soils; they add up). A style file (.qml) beside it shows one oxide in colours where this plugin is missing.</source>
      <translation>GeoTIFF，含模型给出的内容，kaguya_mi 为 14 个波段：氧化物（wt%）、其 sigma（wt%；90 % 区间为两侧各 1.645 sigma）、域距离（大于 1：光谱与所有采样光谱都不相似；小于 1：光谱与某个采样光谱相似，但这与地质情况无关）和质量标记（0：良好；2 阴影，4 饱和，8 光谱与所有采样光谱都不相似，16 超出物理范围，32 氧化物总和不合理，64 区间比全部训练月壤的离散更宽；各值相加）。旁边的样式文件（.qml）使没有本插件之处也能以彩色显示一种氧化物。</translation>
    </message>
    <message>
      <source>Geometry</source>
      <translation>观测几何</translation>
    </message>
    <message>
      <source>Geoscientific information</source>
      <translation>地学信息</translation>
    </message>
    <message>
      <source>Give a folder of tiles, or tiles.</source>
      <translation>请给出图幅文件夹或图幅。</translation>
    </message>
    <message>
      <source>Good quality only</source>
      <translation>仅质量良好</translation>
    </message>
    <message>
      <source>Good quality, and spectra unlike the training</source>
      <translation>质量良好，以及光谱与训练不相似</translation>
    </message>
    <message>
      <source>Grain density</source>
      <translation>颗粒密度</translation>
    </message>
    <message>
      <source>Graph input</source>
      <translation>网络输入</translation>
    </message>
    <message>
      <source>Grid: east longitude and planetocentric latitude (IAU 2015).</source>
      <translation>格网：东经与行星心纬度（IAU 2015）。</translation>
    </message>
    <message>
      <source>Ground truth of your own: points or polygons in a lunar CRS, or a table with latitude and longitude in degrees, with columns named after the oxides (FeO, FeO_wt, FeOT ...; wt%) or elements (Fe, Ti_ppm ...), and their uncertainties (FeO_sigma, FeO_err) where known. The log says which column was taken as what. In a polygon the median of its pixels is compared. Leave empty for the bundled Apollo, Luna and Chang'e sites; analyses made on the Moon by rovers are then listed beside them, in no metric.</source>
      <translation>您自己的实测数据：月球坐标系中的点或多边形，或带经纬度（度）的表格，列以氧化物（FeO、FeO_wt、FeOT …；wt%）或元素（Fe、Ti_ppm …）命名，并在已知时给出其不确定度（FeO_sigma、FeO_err）。日志会说明每一列按什么解释。对多边形，比较其像元的中位数。留空则用内置的阿波罗、月球号和嫦娥采样点；此时月球车就地所作的分析会并列给出，不计入任何指标。</translation>
    </message>
    <message>
      <source>Groups of fewer than {0} sites have no line.</source>
      <translation>少于 {0} 个采样点的组没有拟合线。</translation>
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation>HTML 文件 (*.html)</translation>
    </message>
    <message>
      <source>Half of the area lies below {0} {1}, 90 % of it between {2} and {3}.</source>
      <translation>一半面积低于 {0} {1}，90 % 的面积在 {2} 与 {3} 之间。</translation>
    </message>
    <message>
      <source>Half of the interval, mean</source>
      <translation>区间的一半，平均</translation>
    </message>
    <message>
      <source>Half of the range of all training soils</source>
      <translation>所有训练月壤范围的一半</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>此处</translation>
    </message>
    <message>
      <source>Hide or show curves (or click their names in the chart)</source>
      <translation>隐藏或显示曲线（或在图表中单击其名称）</translation>
    </message>
    <message>
      <source>Hide pixels with a quality flag in all maps of this prediction; the file is kept</source>
      <translation>在此预测的所有图中隐藏有质量标记的像元；文件保持不变</translation>
    </message>
    <message>
      <source>Highland pixels</source>
      <translation>高地像元数</translation>
    </message>
    <message>
      <source>Highland rock type</source>
      <translation>高地岩石类型</translation>
    </message>
    <message>
      <source>Highlands</source>
      <translation>高地</translation>
    </message>
    <message>
      <source>Histograms of residuals</source>
      <translation>残差直方图</translation>
    </message>
    <message>
      <source>Histograms of values</source>
      <translation>数值直方图</translation>
    </message>
    <message>
      <source>Hollow: measured; filled: predicted; the line joins both.</source>
      <translation>空心：实测；实心：预测；连线连接两者。</translation>
    </message>
    <message>
      <source>Horizontal axis</source>
      <translation>横轴</translation>
    </message>
    <message>
      <source>How it works</source>
      <translation>原理</translation>
    </message>
    <message>
      <source>How much of the common error of two regions cancels in their difference, in percent (the correlation of their errors). 0: nothing is known to cancel, because the model errs in both directions on ground that it has not seen. Two regions of one kind of soil share more; stations of one mission share 40 to 90 %.</source>
      <translation>两个区域的共同误差有多少（百分比）在其差值中抵消（即其误差的相关）。0：没有已知会抵消的部分，因为在模型没有见过的地面上，误差的方向有正有负。月壤类型相同的两个区域共有的更多；同一任务的站点共有 40 至 90 %。</translation>
    </message>
    <message>
      <source>How sure the model is</source>
      <translation>模型的可信程度</translation>
    </message>
    <message>
      <source>How the figures are defined</source>
      <translation>数值的定义</translation>
    </message>
    <message>
      <source>How they agree</source>
      <translation>两者如何一致</translation>
    </message>
    <message>
      <source>How uncertain this map is at a new place is not known.</source>
      <translation>此图在新地点的不确定度未知。</translation>
    </message>
    <message>
      <source>How well it predicts</source>
      <translation>预测得有多好</translation>
    </message>
    <message>
      <source>Identifier of the layer in the project.</source>
      <translation>图层在工程中的标识。</translation>
    </message>
    <message>
      <source>Identify</source>
      <translation>识别</translation>
    </message>
    <message>
      <source>Imbrium</source>
      <translation>雨海</translation>
    </message>
    <message>
      <source>Imported from</source>
      <translation>导入自</translation>
    </message>
    <message>
      <source>In 90 % interval</source>
      <translation>90 % 区间内</translation>
    </message>
    <message>
      <source>In Lunar Prospector’s table of 2 degrees, FeO and TiO₂ are the reliable oxides.</source>
      <translation>在月球勘探者的 2 度表中，FeO 和 TiO₂ 是可靠的氧化物。</translation>
    </message>
    <message>
      <source>In units of the domain threshold: above 1, not near</source>
      <translation>以适用域阈值为单位：大于 1 即不相近</translation>
    </message>
    <message>
      <source>Ingenii</source>
      <translation>智海</translation>
    </message>
    <message>
      <source>Input</source>
      <translation>输入</translation>
    </message>
    <message>
      <source>Inside the domain means that the spectrum is like a sampled one.</source>
      <translation>在域内表示光谱与采样光谱相似。</translation>
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
      <source>Intended use</source>
      <translation>用途</translation>
    </message>
    <message>
      <source>Intercept</source>
      <translation>截距</translation>
    </message>
    <message>
      <source>Interval</source>
      <translation>区间</translation>
    </message>
    <message>
      <source>Interval at a new place</source>
      <translation>新地点的区间</translation>
    </message>
    <message>
      <source>Interval: the kind that the site was judged with, and why.</source>
      <translation>区间：判断该采样点所用的种类及原因。</translation>
    </message>
    <message>
      <source>Intervals of the map</source>
      <translation>图的区间</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>安装到</translation>
    </message>
    <message>
      <source>It does not say that the geology is: other soils, and other sensors, can have such a spectrum.</source>
      <translation>这不表示地质情况相同：其他月壤和其他传感器也可能有这样的光谱。</translation>
    </message>
    <message>
      <source>It is computed from sigma {0}.</source>
      <translation>它由{0}的 sigma 计算。</translation>
    </message>
    <message>
      <source>It says of its values:</source>
      <translation>其数值的说明：</translation>
    </message>
    <message>
      <source>It says of its values: {0}.</source>
      <translation>其数值的说明：{0}。</translation>
    </message>
    <message>
      <source>It tells</source>
      <translation>参考价值</translation>
    </message>
    <message>
      <source>Its band; leave empty to find it by its description.</source>
      <translation>其波段；留空则按描述查找。</translation>
    </message>
    <message>
      <source>Its common part does not fall with the number of pixels.</source>
      <translation>其共同部分不随像元数减小。</translation>
    </message>
    <message>
      <source>Its error</source>
      <translation>其误差</translation>
    </message>
    <message>
      <source>Its values are taken as they are; each cell of it gets the mean of the finer map’s valid pixels, each with the part of it that lies in the cell.</source>
      <translation>其数值原样采用；每个单元取较细图的有效像元的平均，各按其位于单元内的部分计算。</translation>
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
      <source>Keep one plain layer</source>
      <translation>保留一个普通图层</translation>
    </message>
    <message>
      <source>Keep this reading (Shift+click pins at once)</source>
      <translation>保留此读数（Shift+单击可立即固定）</translation>
    </message>
    <message>
      <source>Known spectra</source>
      <translation>已知光谱</translation>
    </message>
    <message>
      <source>Largest change at a training station ({0})</source>
      <translation>训练站点处的最大变化（{0}）</translation>
    </message>
    <message>
      <source>Largest residual: {0} at {1}, {2} {3}.</source>
      <translation>最大残差：{0}，位于 {1}，{2} {3}。</translation>
    </message>
    <message>
      <source>Largest residual: {0}.</source>
      <translation>最大残差：{0}。</translation>
    </message>
    <message>
      <source>Latitude (°)</source>
      <translation>纬度（°）</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>图层</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>布局</translation>
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
      <source>Leave it as it is for rasters whose bands are described like FeO (wt%).</source>
      <translation>若栅格的波段描述形如 FeO (wt%)，请保持不变。</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>留出</translation>
    </message>
    <message>
      <source>Left out, they are missed by more than the Apollo stations (MgO, TiO2, SiO2 above all).</source>
      <translation>留出时，它们的偏离比阿波罗站点更大（尤其是 MgO、TiO2、SiO2）。</translation>
    </message>
    <message>
      <source>Legends: {unit}. The model gives no uncertainty.</source>
      <translation>图例：{unit}。模型不给出不确定度。</translation>
    </message>
    <message>
      <source>Legends: {unit}. ±: half width of the 90 % interval {kind}, median of the map.</source>
      <translation>图例：{unit}。±：{kind}的 90 % 区间的一半，取全图的中位数。</translation>
    </message>
    <message>
      <source>Lemelin et al.</source>
      <translation>Lemelin et al.</translation>
    </message>
    <message>
      <source>Length (km)</source>
      <translation>长度（km）</translation>
    </message>
    <message>
      <source>Length of all lines on the sphere, km.</source>
      <translation>所有线在球面上的长度，km。</translation>
    </message>
    <message>
      <source>Less than the smallest of these shares is taken, so that the error is rather too large.</source>
      <translation>取小于这些比例中最小的值，因此误差宁可偏大。</translation>
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
      <source>Limits</source>
      <translation>局限</translation>
    </message>
    <message>
      <source>Line</source>
      <translation>线</translation>
    </message>
    <message>
      <source>Line {0} of {1} has {2} cells, its header {3}: correct the line.</source>
      <translation>{1} 的第 {0} 行有 {2} 个单元格，而表头有 {3} 个：请更正该行。</translation>
    </message>
    <message>
      <source>Line {0} of {1} has {2} numbers, and Lunar Prospector's archived tables have {3}: download the file again, or give a header with the names of the columns.</source>
      <translation>{1} 的第 {0} 行有 {2} 个数，而月球勘探者号的存档表有 {3} 个：请重新下载该文件，或给出带列名的表头。</translation>
    </message>
    <message>
      <source>Lineage</source>
      <translation>来历</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>线</translation>
    </message>
    <message>
      <source>Lines in any lunar CRS; they are straight in it between their points.</source>
      <translation>任意月球坐标系中的线；在该坐标系中各点之间为直线。</translation>
    </message>
    <message>
      <source>Little: the mean of all soils is as good a guess</source>
      <translation>不大：用全部月壤的平均值来猜测也同样好</translation>
    </message>
    <message>
      <source>Live</source>
      <translation>实时</translation>
    </message>
    <message>
      <source>Live map</source>
      <translation>实时图</translation>
    </message>
    <message>
      <source>Live oxides</source>
      <translation>实时氧化物</translation>
    </message>
    <message>
      <source>Live oxides - {raster} - {model}</source>
      <translation>实时氧化物 - {raster} - {model}</translation>
    </message>
    <message>
      <source>Load a prediction from the command line, a cluster or a colleague as styled maps</source>
      <translation>将命令行、集群或同事做出的预测加载为带样式的图</translation>
    </message>
    <message>
      <source>Looking up {package}</source>
      <translation>正在查找 {package}</translation>
    </message>
    <message>
      <source>Looks wrong.</source>
      <translation>看起来有误。</translation>
    </message>
    <message>
      <source>Lunar CRS of the maps; that of the prediction by default.</source>
      <translation>图的月球坐标系；默认为预测的坐标系。</translation>
    </message>
    <message>
      <source>Lunar Highlands Crust, 51-70</source>
      <translation>Lunar Highlands Crust（月球高地月壳）, 51-70</translation>
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
      <source>Lunar Oxide regions</source>
      <translation>Lunar Oxide 区域</translation>
    </message>
    <message>
      <source>Lunar Oxide spectra</source>
      <translation>Lunar Oxide 光谱</translation>
    </message>
    <message>
      <source>Lunar Oxide spectra of areas</source>
      <translation>Lunar Oxide 矩形框光谱</translation>
    </message>
    <message>
      <source>Lunar Oxide: Python packages</source>
      <translation>Lunar Oxide:Python 软件包</translation>
    </message>
    <message>
      <source>Lunar Prospector gamma-ray spectrometer, PDS data set LP-L-GRS-5-ELEM-ABUNDANCE-V1.0</source>
      <translation>月球勘探者号伽马射线谱仪，PDS 数据集 LP-L-GRS-5-ELEM-ABUNDANCE-V1.0</translation>
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
      <source>Made</source>
      <translation>制作时间</translation>
    </message>
    <message>
      <source>Made from</source>
      <translation>源栅格</translation>
    </message>
    <message>
      <source>Make permanent …</source>
      <translation>永久保存 …</translation>
    </message>
    <message>
      <source>Makes a new model file from a model and new samples whose spectra are read from a raster. The correction is smooth and local: spectra unlike the new samples keep the model's own answer. By leaving new places out in turn, and old stations too, it says for each oxide whether the refined model is better, and does not claim it where that is not shown; with fewer than three new places it cannot be told. A sample that contradicts the model and its neighbours beyond their uncertainty is warned of. The new file carries its lineage.</source>
      <translation>由一个模型和若干新样品生成新的模型文件，新样品的光谱取自栅格。校正是平滑且局部的：与新样品不相似的光谱保持原模型的结果。通过轮流留出新地点和旧站点，逐一说明每种氧化物的改进模型是否更好，未能证明时不作此断言；新地点少于三处时无法判断。与模型及邻近样品的矛盾超出其不确定度的样品会给出警告。新文件带有其来源谱系。</translation>
    </message>
    <message>
      <source>Makes a page with maps of a prediction: one oxide or all six, legends in wt% with the 90 % interval, a scale bar in kilometres on the Moon, a grid of selenographic longitude and latitude, sample sites, quality flags, model, data and citation. The page is a print layout of the project, which you can edit (Project &gt; Layouts), and a PDF or PNG file.</source>
      <translation>制作预测的地图页面：一种或全部六种氧化物，图例单位为 wt% 并附 90 % 区间，月面公里比例尺，月面经纬格网，采样点，质量标记，模型，数据和引用。页面是工程中的打印布局，可以编辑（工程 &gt; 布局），并输出为 PDF 或 PNG 文件。</translation>
    </message>
    <message>
      <source>Makes one virtual raster of many tiles, for 'Predict oxides' to map in one run. No pixel is copied: the result is a small file that names the tiles, with lunar CRS, band names, wavelengths, scale and no-data value; a tile is opened only when its pixels are read. Whole MI_MAP tiles are placed by the corner in their names, so that a Moon of them takes seconds; crops keep their own georeference. What cannot be read is named and left out.</source>
      <translation>将许多图幅合成一个虚拟栅格，供“预测氧化物”一次成图。不复制任何像元：结果是一个列出各图幅的小文件，带有月球坐标系、波段名、波长、缩放系数和无效值；仅在读取像元时才打开图幅。完整的 MI_MAP 图幅按其名称中的角点定位，因此全月图幅只需数秒；裁剪过的图幅保留自身的地理参考。无法读取的图幅会列出名称并略去。</translation>
    </message>
    <message>
      <source>Map</source>
      <translation>图</translation>
    </message>
    <message>
      <source>Map and gamma-ray table are averaged over the same cells.</source>
      <translation>图与伽马射线表在相同的单元上取平均。</translation>
    </message>
    <message>
      <source>Map of oxides</source>
      <translation>氧化物图</translation>
    </message>
    <message>
      <source>Map of prediction minus reference, from {0}.</source>
      <translation>预测减参照的图，来自 {0}。</translation>
    </message>
    <message>
      <source>Map of {0} sites: {1} is predicted above the measured value at {2} and below it at {3}.</source>
      <translation>{0} 个采样点的图：{2} 个预测高于实测 {1}，{3} 个低于实测。</translation>
    </message>
    <message>
      <source>Maps TiO2, FeO, Al2O3, MgO, CaO and SiO2 (wt%) from lunar reflectance with a network trained on returned samples. Each oxide comes with an uncertainty that holds at places which no mission has sampled; each pixel with its distance to the training spectra and quality flags. The layers say of which oxides the map tells little. Each model takes reflectance of one sensor at the standard geometry (i=30, e=0, g=30), as in the sensor's map-projected products. A raster of another sensor than the model's is refused, and the model that fits it is named.</source>
      <translation>用以返回样品训练的网络，由月球反射率绘制 TiO2、FeO、Al2O3、MgO、CaO 和 SiO2（wt%）的图。每种氧化物附有在没有任务采样过的地方也成立的不确定度；每个像元附有与训练光谱的距离和质量标记。图层会说明该图对哪些氧化物参考价值不大。每个模型使用一种传感器在标准几何（i=30、e=0、g=30）下的反射率，如该传感器的地图投影产品。若栅格来自模型以外的传感器，则会被拒绝，并指出适用的模型。</translation>
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
      <source>Maria are told by the table’s own FeO, not by the map that is checked.</source>
      <translation>月海由表自身的 FeO 判定，而不是由被检验的图判定。</translation>
    </message>
    <message>
      <source>Maria of the far side</source>
      <translation>背面月海</translation>
    </message>
    <message>
      <source>Maria of the near side</source>
      <translation>正面月海</translation>
    </message>
    <message>
      <source>Mark: mean difference of a mission’s sites, their number in brackets; line: from the smallest to the largest.</source>
      <translation>标记：各任务采样点差值的平均，括号中为其个数；线：从最小到最大。</translation>
    </message>
    <message>
      <source>Mask flagged pixels</source>
      <translation>屏蔽有标记的像元</translation>
    </message>
    <message>
      <source>Mask flagged pixels on the map</source>
      <translation>在地图上屏蔽有标记的像元</translation>
    </message>
    <message>
      <source>Maturity of maria after Wilcox 2005</source>
      <translation>Wilcox 2005 的月海成熟度</translation>
    </message>
    <message>
      <source>Maximum</source>
      <translation>最大值</translation>
    </message>
    <message>
      <source>Mean</source>
      <translation>平均</translation>
    </message>
    <message>
      <source>Mean absolute attribution of each band (wt%): how much a band moves the prediction, whichever way.</source>
      <translation>各波段的平均绝对归因（wt%）：波段使预测移动多少，不论方向。</translation>
    </message>
    <message>
      <source>Mean change ({0})</source>
      <translation>平均变化（{0}）</translation>
    </message>
    <message>
      <source>Mean change: how far the new samples move the prediction there, on average over all stations.</source>
      <translation>平均变化：新样品使那里的预测移动多少，对所有站点取平均。</translation>
    </message>
    <message>
      <source>Mean half-width of the 90 % interval at a new place, beside that of all training soils, in wt%.</source>
      <translation>新地点的 90 % 区间的平均半宽，与全部训练月壤的并列，单位 wt%。</translation>
    </message>
    <message>
      <source>Mean of the missions</source>
      <translation>各任务的平均</translation>
    </message>
    <message>
      <source>Means by terrane</source>
      <translation>各地体的平均</translation>
    </message>
    <message>
      <source>Means in wt%, each cell weighted by its area; difference: map minus gamma rays; behind ± half of the 90 % interval.</source>
      <translation>平均值单位为 wt%，每个单元按面积加权；差值：图减伽马射线；± 之后为 90 % 区间的一半。</translation>
    </message>
    <message>
      <source>Means of ratios and Mg# are means of the pixels’ own values, not ratios of means.</source>
      <translation>比值和 Mg# 的平均是各像元自身数值的平均，不是平均值之比。</translation>
    </message>
    <message>
      <source>Means, bias (prediction minus reference), RMSE, MAE and standard deviation of the difference in wt%, each cell weighted by its area.</source>
      <translation>平均、偏差（预测减参照）、RMSE、MAE 和差值的标准差，单位 wt%，每个单元按面积加权。</translation>
    </message>
    <message>
      <source>Means, differences and uncertainties of all terranes as CSV.</source>
      <translation>所有地体的平均值、差值和不确定度的 CSV。</translation>
    </message>
    <message>
      <source>Measured</source>
      <translation>实测</translation>
    </message>
    <message>
      <source>Measured and predicted</source>
      <translation>实测与预测</translation>
    </message>
    <message>
      <source>Measured compositions</source>
      <translation>实测成分</translation>
    </message>
    <message>
      <source>Measured, predicted and their difference (predicted minus measured) in wt%.</source>
      <translation>实测值、预测值及其差值（预测减实测），单位 wt%。</translation>
    </message>
    <message>
      <source>Measured: mean {0}, standard deviation {1} {2}; predicted: mean {3}, standard deviation {4} {5}.</source>
      <translation>实测：平均 {0}，标准差 {1} {2}；预测：平均 {3}，标准差 {4} {5}。</translation>
    </message>
    <message>
      <source>MedAE</source>
      <translation>MedAE</translation>
    </message>
    <message>
      <source>Median</source>
      <translation>中位数</translation>
    </message>
    <message>
      <source>Memory (MB)</source>
      <translation>内存（MB）</translation>
    </message>
    <message>
      <source>Memory in MB for blocks and caches, whatever the raster's size (at least 64); leave empty for 400, or 100 for each thread if that is more (at most 1600).</source>
      <translation>用于数据块和缓存的内存（MB），与栅格大小无关（至少 64）；留空为 400，若按每个线程 100 计算得到更大的值，则取该值（至多 1600）。</translation>
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
      <source>MgO, Al₂O₃, CaO and SiO₂ are imprecise there: use the tables of 5 or 20 degrees for them.</source>
      <translation>MgO、Al₂O₃、CaO 和 SiO₂ 在那里不精确：请用 5 度或 20 度的表。</translation>
    </message>
    <message>
      <source>Minimum</source>
      <translation>最小值</translation>
    </message>
    <message>
      <source>Mission</source>
      <translation>任务</translation>
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
      <source>Model SHA-256</source>
      <translation>模型 SHA-256</translation>
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
      <source>Model card: {0}</source>
      <translation>模型说明卡：{0}</translation>
    </message>
    <message>
      <source>Model file</source>
      <translation>模型文件</translation>
    </message>
    <message>
      <source>Model version</source>
      <translation>模型版本</translation>
    </message>
    <message>
      <source>Model {0} was taken, the usual one: {1}.</source>
      <translation>采用了通常的模型 {0}：{1}。</translation>
    </message>
    <message>
      <source>Model {0} was taken: it takes {1} bands, as {2} has them, whose sensor is not recognised.</source>
      <translation>采用了模型 {0}：它使用 {1} 个波段，与 {2} 相同，而后者的传感器无法识别。</translation>
    </message>
    <message>
      <source>Model {0} was taken: {1} has reflectance of {2}.</source>
      <translation>采用了模型 {0}：{1} 含有 {2} 的反射率。</translation>
    </message>
    <message>
      <source>Model: {title}, version {version}.</source>
      <translation>模型：{title}，版本 {version}。</translation>
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
      <source>More than 20 % of the area is left out for its quality flags in {0}{1}: the means are those of the rest.</source>
      <translation>{0}{1} 中因质量标记而略去的面积超过 20 %：平均值只是其余部分的平均。</translation>
    </message>
    <message>
      <source>More than the mean of all soils</source>
      <translation>优于全部月壤的平均值</translation>
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
      <source>Moscoviense</source>
      <translation>莫斯科海</translation>
    </message>
    <message>
      <source>Most of this error is common to neighbouring places: the curve as a whole may lie higher or lower, and steps within it are better known than its level.</source>
      <translation>这一误差大部分为邻近地点共有：曲线整体可能偏高或偏低，其中的台阶比其水平更可靠。</translation>
    </message>
    <message>
      <source>Most places of the regular grid that samples the raster; the attribution raster has one pixel for each.</source>
      <translation>对栅格抽样的规则网格最多取多少个位置；归因栅格中每个位置占一个像元。</translation>
    </message>
    <message>
      <source>Most points</source>
      <translation>最多点数</translation>
    </message>
    <message>
      <source>Most points of a line. A longer line has means of several pixels in each point.</source>
      <translation>一条线的最多点数。较长的线每个点为若干像元的平均。</translation>
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
      <source>N</source>
      <translation>北</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Name of the layout in the project.</source>
      <translation>布局在工程中的名称。</translation>
    </message>
    <message>
      <source>Name of the points</source>
      <translation>点的名称</translation>
    </message>
    <message>
      <source>Named: Chang’e-5 and Chang’e-6, the largest residuals and sites outside their 90 % interval, as far as there is room.</source>
      <translation>标出名称：嫦娥五号和嫦娥六号、最大的残差，以及位于 90 % 区间之外的采样点，视空间而定。</translation>
    </message>
    <message>
      <source>Names of lines</source>
      <translation>线的名称</translation>
    </message>
    <message>
      <source>Names of regions</source>
      <translation>区域的名称</translation>
    </message>
    <message>
      <source>Names of the polygons; those of equal name are one region.</source>
      <translation>多边形的名称；同名者为一个区域。</translation>
    </message>
    <message>
      <source>Names of the regions</source>
      <translation>区域的名称</translation>
    </message>
    <message>
      <source>Natural-like colours (R 640, G 550, B 460 nm, interpolated)</source>
      <translation>近自然色（R 640、G 550、B 460 nm，插值）</translation>
    </message>
    <message>
      <source>Near side and far side</source>
      <translation>正面与背面</translation>
    </message>
    <message>
      <source>Nearest</source>
      <translation>最近站点</translation>
    </message>
    <message>
      <source>Nearest station</source>
      <translation>最近站点</translation>
    </message>
    <message>
      <source>Nearest stations, measured ({0})</source>
      <translation>最近站点，实测（{0}）</translation>
    </message>
    <message>
      <source>Neighbouring bands are almost alike, so large bars of opposite sign cancel: read groups of bands, not one.</source>
      <translation>相邻波段几乎相同，因此符号相反的大条形互相抵消：请按波段组阅读，不要只看一个。</translation>
    </message>
    <message>
      <source>Neighbouring bands know much the same, so bars are small and do not add up to the prediction less the reference's.</source>
      <translation>相邻波段所知大致相同，因此条形很小，加起来不等于预测减参照。</translation>
    </message>
    <message>
      <source>Neighbouring cells share their geology and their signal: n cells are fewer than n independent checks.</source>
      <translation>相邻单元的地质和信号相同：n 个单元少于 n 次独立检验。</translation>
    </message>
    <message>
      <source>Neighbouring cells share their geology and, with gamma-ray maps, their signal: n cells are fewer than n independent checks.</source>
      <translation>相邻单元的地质相同，对伽马射线图而言信号也相同：n 个单元少于 n 次独立检验。</translation>
    </message>
    <message>
      <source>Neighbours share their geology, which flatters the agreement.</source>
      <translation>相邻点的地质相同，这使一致性显得更好。</translation>
    </message>
    <message>
      <source>New places left out</source>
      <translation>留出的新地点</translation>
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
      <source>No band of {0} is described as an oxide or element of {1}: choose the oxide and what the band's numbers are.</source>
      <translation>{0} 没有波段被描述为 {1} 的氧化物或元素：请选择氧化物，并指明波段的数值是什么。</translation>
    </message>
    <message>
      <source>No curve can be shown so: see the list of curves</source>
      <translation>没有曲线能这样显示：见曲线列表</translation>
    </message>
    <message>
      <source>No licence is stated; cite the sources.</source>
      <translation>没有说明许可证；请引用来源。</translation>
    </message>
    <message>
      <source>No live map yet: choose raster and model on the page 'Predict', then add one.</source>
      <translation>还没有实时图：请在“预测”页选择栅格和模型，然后添加。</translation>
    </message>
    <message>
      <source>No map of an oxide is visible: switch one on in the panel Layers.</source>
      <translation>没有可见的氧化物图：请在“图层”面板中打开一个。</translation>
    </message>
    <message>
      <source>No mission given</source>
      <translation>没有给出任务</translation>
    </message>
    <message>
      <source>No mission is chosen: choose at least one.</source>
      <translation>没有选择任务：请至少选择一个。</translation>
    </message>
    <message>
      <source>No other figure is weighted by uncertainty.</source>
      <translation>其他数值都不按不确定度加权。</translation>
    </message>
    <message>
      <source>No polygon can be used: {0}</source>
      <translation>没有可用的多边形：{0}</translation>
    </message>
    <message>
      <source>No polygon lies on {0}: check that both show the same part of the Moon and have the right CRS.</source>
      <translation>没有多边形位于 {0} 上：请检查两者是否显示月球的同一部分，坐标系是否正确。</translation>
    </message>
    <message>
      <source>No polygon of the mask lies in the extent that is asked for on {0}: choose another extent, or leave it out.</source>
      <translation>在 {0} 所要求的范围内没有掩膜多边形：请另选范围，或不指定范围。</translation>
    </message>
    <message>
      <source>No polygon of the mask lies on {0}: check that both show the same part of the Moon and have the right CRS.</source>
      <translation>没有掩膜多边形位于 {0} 上：请检查两者是否显示月球的同一部分，坐标系是否正确。</translation>
    </message>
    <message>
      <source>No predicted pixel carries a flag that makes its numbers doubtful.</source>
      <translation>没有预测像元带有使其数值可疑的标记。</translation>
    </message>
    <message>
      <source>No prediction</source>
      <translation>没有预测</translation>
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
      <source>No region has a pixel that can be used.</source>
      <translation>没有区域含有可用的像元。</translation>
    </message>
    <message>
      <source>No sigma is known for {0}.</source>
      <translation>没有 {0} 的 sigma。</translation>
    </message>
    <message>
      <source>No site has a residual of {0}.</source>
      <translation>没有采样点有 {0} 的残差。</translation>
    </message>
    <message>
      <source>No site has the values of {0} that this chart needs.</source>
      <translation>没有采样点具有该图所需的 {0} 数值。</translation>
    </message>
    <message>
      <source>No site has {0} and {1} both measured and predicted.</source>
      <translation>没有采样点同时有 {0} 和 {1} 的实测值与预测值。</translation>
    </message>
    <message>
      <source>No site is known to be new to the model.</source>
      <translation>没有已知对模型来说是新的采样点。</translation>
    </message>
    <message>
      <source>No site is left to refine with ({0}){1}.</source>
      <translation>没有剩下可用于改进的采样点（{0}）{1}。</translation>
    </message>
    <message>
      <source>No spectrum of {0} can be brought to the bands of {1}: {2}: {3}.</source>
      <translation>{0} 没有光谱可以换算到 {1} 的波段：{2}：{3}。</translation>
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
      <source>Noise of the table moves single cells across the limit, which makes its maria a little richer in iron than they are.</source>
      <translation>表的噪声使个别单元越过界限，因此其月海的铁略多于实际。</translation>
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
      <source>None of {0} could be checked.</source>
      <translation>{0} 都无法检验。</translation>
    </message>
    <message>
      <source>None of {count} sampled pixels has usable reflectance in all bands.</source>
      <translation>抽取的 {count} 个像元中，没有一个在所有波段都具有可用的反射率。</translation>
    </message>
    <message>
      <source>None: every site was checked.</source>
      <translation>无：所有采样点都已检验。</translation>
    </message>
    <message>
      <source>Norite stands for norite, troctolite and gabbro alike: oxides do not tell them apart.</source>
      <translation>苏长岩代表苏长岩、橄长岩和辉长岩：氧化物不能区分它们。</translation>
    </message>
    <message>
      <source>Normalised at</source>
      <translation>归一化波长</translation>
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
      <source>Not drawn: the reason stands on the map</source>
      <translation>未绘制：原因写在地图上</translation>
    </message>
    <message>
      <source>Not explained</source>
      <translation>未解释</translation>
    </message>
    <message>
      <source>Not on the map: {0}.</source>
      <translation>不在图上：{0}。</translation>
    </message>
    <message>
      <source>Not plain observations.</source>
      <translation>不是普通的观测值。</translation>
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
      <source>Nothing was left behind.</source>
      <translation>没有留下任何文件。</translation>
    </message>
    <message>
      <source>Nubium</source>
      <translation>云海</translation>
    </message>
    <message>
      <source>Number of quality flags</source>
      <translation>质量标记的个数</translation>
    </message>
    <message>
      <source>Numbers of the map</source>
      <translation>图的数值</translation>
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
      <source>Of the common errors of two regions, {0} cancel in their difference (correlation of the two).</source>
      <translation>两个区域的共同误差中，{0} 在其差值中抵消（两者的相关）。</translation>
    </message>
    <message>
      <source>Of the raster and the model on the page 'Predict'</source>
      <translation>采用“预测”页上的栅格和模型</translation>
    </message>
    <message>
      <source>Of the squared errors of the shipped model, at stations of a mission that it has not seen, 7 to 28 % are due to noise of the spectra (25 to 76 % at stations near others that it has seen).</source>
      <translation>在模型没有见过的任务的站点处，内置模型的平方误差中 7 至 28 % 来自光谱噪声（在邻近已见站点的站点处为 25 至 76 %）。</translation>
    </message>
    <message>
      <source>Of these, sites that the model was not trained on.</source>
      <translation>其中模型未用于训练的采样点数。</translation>
    </message>
    <message>
      <source>Of these, spectra with a prediction.</source>
      <translation>其中有预测值的光谱数。</translation>
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
      <source>Old stations</source>
      <translation>旧站点</translation>
    </message>
    <message>
      <source>On a cluster the output is a virtual raster over shards: call it {0}.vrt instead of {1}.</source>
      <translation>在集群上，输出是由分片组成的虚拟栅格：请命名为 {0}.vrt，而不是 {1}。</translation>
    </message>
    <message>
      <source>On average the prediction lies {0} wt% {1} the reference; the root mean square difference is {2} wt%.</source>
      <translation>平均而言，预测比参照{1} {0} wt%；均方根差为 {2} wt%。</translation>
    </message>
    <message>
      <source>On the line: sigma is right; flatter: sigma is too wide; steeper: too narrow; shifted: bias.</source>
      <translation>在线上：sigma 正确；更平：sigma 过宽；更陡：过窄；平移：有偏差。</translation>
    </message>
    <message>
      <source>On the raster</source>
      <translation>在栅格上</translation>
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
      <source>Only</source>
      <translation>仅</translation>
    </message>
    <message>
      <source>Only inside polygons</source>
      <translation>仅在多边形内</translation>
    </message>
    <message>
      <source>Only noise averages out.</source>
      <translation>只有噪声会平均掉。</translation>
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
      <source>Only {0} are known to be new to the model.</source>
      <translation>只有 {0} 已知对模型来说是新的。</translation>
    </message>
    <message>
      <source>Only {0} is known to be new to the model.</source>
      <translation>只有 {0} 已知对模型来说是新的。</translation>
    </message>
    <message>
      <source>Open 'Predict oxides' with this raster and model filled in</source>
      <translation>打开“预测氧化物”，并填好此栅格和模型</translation>
    </message>
    <message>
      <source>Open 'Predict oxides' with what the map shows</source>
      <translation>打开“预测氧化物”，并填好地图所显示的内容</translation>
    </message>
    <message>
      <source>Open prediction</source>
      <translation>打开预测</translation>
    </message>
    <message>
      <source>Open prediction …</source>
      <translation>打开预测 …</translation>
    </message>
    <message>
      <source>Open spectra</source>
      <translation>打开光谱</translation>
    </message>
    <message>
      <source>Open spectra ...</source>
      <translation>打开光谱 …</translation>
    </message>
    <message>
      <source>Open spectra as pins, or save the pins as a spectral library</source>
      <translation>将光谱打开为固定点，或将固定点保存为光谱库</translation>
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
      <source>Optical maturity (OMAT)</source>
      <translation>光学成熟度（OMAT）</translation>
    </message>
    <message>
      <source>Optical maturity (OMAT) after Lucey 2000</source>
      <translation>Lucey 2000 的光学成熟度（OMAT）</translation>
    </message>
    <message>
      <source>Optional folder: every chart of the report as an SVG file, for papers and slides. The report links to them and to the tables.</source>
      <translation>可选的文件夹：报告的每幅图表各存为一个 SVG 文件，供论文和幻灯片使用。报告链接到这些图表和表格。</translation>
    </message>
    <message>
      <source>Optional second opinion: reflectance of the same place. FeO and TiO2 are computed at the sites by the published formulas of its sensor and reported beside the model: Lemelin et al. (2015) and Otake et al. (2012) for Kaguya MI, Lucey et al. (2000) for Clementine UVVIS. They were fitted partly on the same sites.</source>
      <translation>可选的第二种意见：同一地点的反射率。在采样点处按其传感器的已发表公式计算 FeO 和 TiO2，与模型并列报告：Kaguya MI 用 Lemelin et al. (2015) 和 Otake et al. (2012)，Clementine UVVIS 用 Lucey et al. (2000)。这些公式部分由相同的采样点拟合得到。</translation>
    </message>
    <message>
      <source>Orientale</source>
      <translation>东海</translation>
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
      <source>Origin of the reflectance:</source>
      <translation>反射率的来源：</translation>
    </message>
    <message>
      <source>Outlining the region</source>
      <translation>正在勾画区域</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>输出</translation>
    </message>
    <message>
      <source>Outside South Pole-Aitken</source>
      <translation>南极-艾特肯盆地以外</translation>
    </message>
    <message>
      <source>Over all cells, weighted by area; wt% but for the last two.</source>
      <translation>全部单元按面积加权；除最后两项外单位为 wt%。</translation>
    </message>
    <message>
      <source>Over all places</source>
      <translation>所有地点</translation>
    </message>
    <message>
      <source>Overviews of {raster}</source>
      <translation>{raster} 的概览图</translation>
    </message>
    <message>
      <source>Overviews were written: {path}</source>
      <translation>已写出概览图：{path}</translation>
    </message>
    <message>
      <source>Oxide</source>
      <translation>氧化物</translation>
    </message>
    <message>
      <source>Oxide of the map</source>
      <translation>图的氧化物</translation>
    </message>
    <message>
      <source>Oxide, fraction (0 to 1)</source>
      <translation>氧化物，质量分数（0 至 1）</translation>
    </message>
    <message>
      <source>Oxide, ppm</source>
      <translation>氧化物，ppm</translation>
    </message>
    <message>
      <source>Oxide, wt%</source>
      <translation>氧化物，wt%</translation>
    </message>
    <message>
      <source>Oxides</source>
      <translation>氧化物</translation>
    </message>
    <message>
      <source>Oxides of spectra</source>
      <translation>光谱的氧化物</translation>
    </message>
    <message>
      <source>Oxides of the lunar surface, predicted from reflectance</source>
      <translation>由反射率预测的月表氧化物</translation>
    </message>
    <message>
      <source>Oxides predicted from measured spectra.</source>
      <translation>由实测光谱预测的氧化物。</translation>
    </message>
    <message>
      <source>Oxides to print, one map each; all by default.</source>
      <translation>要打印的氧化物，各一幅图；默认为全部。</translation>
    </message>
    <message>
      <source>Oxides, derived quantities, uncertainties, quality; and bands of rasters in the project with the same pixels, such as spectral parameters</source>
      <translation>氧化物、派生量、不确定度、质量；以及工程中像元相同的栅格的波段，例如光谱参数</translation>
    </message>
    <message>
      <source>PDF</source>
      <translation>PDF</translation>
    </message>
    <message>
      <source>PDF files (*.pdf)</source>
      <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
      <source>PNG files (*.png)</source>
      <translation>PNG 文件 (*.png)</translation>
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
      <source>Pages of Lunar Oxide</source>
      <translation>Lunar Oxide 的各页</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Parent</source>
      <translation>原模型</translation>
    </message>
    <message>
      <source>Parent SHA-256</source>
      <translation>原模型 SHA-256</translation>
    </message>
    <message>
      <source>Parent predicts (blind)</source>
      <translation>原模型预测（盲）</translation>
    </message>
    <message>
      <source>Part</source>
      <translation>部分</translation>
    </message>
    <message>
      <source>Part of the raster to map, in any lunar CRS and any turn of longitude; across 180 degrees write 178,185,-1,1 or 178,-175,-1,1. Leave empty for all of it.</source>
      <translation>要成图的栅格范围，可用任意月球坐标系，经度可为任意一圈；跨越 180 度时写作 178,185,-1,1 或 178,-175,-1,1。留空则为整个栅格。</translation>
    </message>
    <message>
      <source>Part to print; the whole prediction by default.</source>
      <translation>要打印的部分；默认为整幅预测。</translation>
    </message>
    <message>
      <source>Pearson r</source>
      <translation>Pearson r</translation>
    </message>
    <message>
      <source>Pearson r measures linear correlation only.</source>
      <translation>Pearson r 只衡量线性相关。</translation>
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
      <source>Pieters et al.</source>
      <translation>Pieters et al.</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>固定</translation>
    </message>
    <message>
      <source>Pin to divide by</source>
      <translation>作除数的固定光谱</translation>
    </message>
    <message>
      <source>Pinned</source>
      <translation>已固定</translation>
    </message>
    <message>
      <source>Pixels</source>
      <translation>像元</translation>
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
      <source>Pixels with a flag that makes their numbers doubtful are left out.</source>
      <translation>带有使数值可疑的标记的像元已略去。</translation>
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
      <source>Pixels: valid ones in the window.</source>
      <translation>像元：窗口中的有效像元。</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>地点</translation>
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
      <source>Places left out</source>
      <translation>略去的地点</translation>
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
      <source>Plausible range ({0}); outside it a quality flag is set</source>
      <translation>合理范围（{0}）；在此之外设置质量标记</translation>
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
      <source>Points</source>
      <translation>点</translation>
    </message>
    <message>
      <source>Points (the whole raster if empty)</source>
      <translation>点（留空则为整幅栅格）</translation>
    </message>
    <message>
      <source>Points along the lines</source>
      <translation>沿线的点</translation>
    </message>
    <message>
      <source>Points along the lines with distance, oxides and uncertainties.</source>
      <translation>沿线的点，附距离、氧化物和不确定度。</translation>
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
      <source>Points of all lines.</source>
      <translation>所有线的点。</translation>
    </message>
    <message>
      <source>Points off the raster or on pixels without valid reflectance.</source>
      <translation>位于栅格之外或没有有效反射率的像元上的点数。</translation>
    </message>
    <message>
      <source>Points to draw, e.g. the layer of 'Add sample sites', in their own style.</source>
      <translation>要绘制的点，例如“添加采样点”的图层，采用其自己的样式。</translation>
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
      <source>Polygons in any lunar CRS: pixels that they do not touch are not predicted, and the map ends where they end. Leave empty to map the whole extent.</source>
      <translation>任意月球坐标系中的多边形：不与其相交的像元不预测，图止于多边形的边界。留空则对整个范围成图。</translation>
    </message>
    <message>
      <source>Polygons in any lunar CRS; with several parts, holes, across the 180 degree meridian or around a pole. They may overlap, and may be smaller than a pixel.</source>
      <translation>任意月球坐标系中的多边形；可以有多个部分、孔洞，可以跨越 180 度经线或环绕极点。可以重叠，也可以小于一个像元。</translation>
    </message>
    <message>
      <source>Polygons of your own, compared beside the terranes; in a lunar CRS.</source>
      <translation>您自己的多边形，与各地体并列比较；须为月球坐标系。</translation>
    </message>
    <message>
      <source>Polygons, statistics, mask and pixels of the brushed region</source>
      <translation>所刷选区域的多边形、统计、掩膜和像元</translation>
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
      <source>Predict spectra</source>
      <translation>预测光谱</translation>
    </message>
    <message>
      <source>Predict …</source>
      <translation>预测 …</translation>
    </message>
    <message>
      <source>Predicted</source>
      <translation>预测</translation>
    </message>
    <message>
      <source>Predicted and measured oxides are compared at {0} of {1} sample sites.</source>
      <translation>在 {1} 个采样点中，比较了 {0} 个的预测与实测氧化物。</translation>
    </message>
    <message>
      <source>Predicted composition of {0} along {1}, against distance on the Moon’s sphere.</source>
      <translation>{0} 沿 {1} 的预测成分，横轴为月球球面上的距离。</translation>
    </message>
    <message>
      <source>Predicted oxides</source>
      <translation>预测的氧化物</translation>
    </message>
    <message>
      <source>Predicted oxides ({0})</source>
      <translation>预测的氧化物（{0}）</translation>
    </message>
    <message>
      <source>Predicted spectra</source>
      <translation>已预测的光谱</translation>
    </message>
    <message>
      <source>Predicted with</source>
      <translation>预测所用软件</translation>
    </message>
    <message>
      <source>Predicting oxides ...</source>
      <translation>正在预测氧化物 …</translation>
    </message>
    <message>
      <source>Prediction</source>
      <translation>预测图</translation>
    </message>
    <message>
      <source>Prediction and reference</source>
      <translation>预测与参照</translation>
    </message>
    <message>
      <source>Prediction check</source>
      <translation>预测检验</translation>
    </message>
    <message>
      <source>Prediction check at lunar sample sites</source>
      <translation>月球采样点的预测检验</translation>
    </message>
    <message>
      <source>Prediction minus reference; a small picture of the difference raster.</source>
      <translation>预测减参照；差值栅格的小图。</translation>
    </message>
    <message>
      <source>Prediction needs the Python package onnxruntime, which Python {version} cannot import ({reason}): install it with '{python} -m pip install onnxruntime', and try again.</source>
      <translation>预测需要 Python 软件包 onnxruntime，而 Python {version} 无法导入它（{reason}）：请运行 '{python} -m pip install onnxruntime' 安装，然后重试。</translation>
    </message>
    <message>
      <source>Prediction needs the Python package onnxruntime, which QGIS's Python {version} cannot import ({reason}): install it with Lunar Oxide &gt; Packages in QGIS's menu, or with 'python3 -m pip install --no-deps onnxruntime' for that Python, and try again.</source>
      <translation>预测需要 Python 软件包 onnxruntime，而 QGIS 的 Python {version} 无法导入它（{reason}）：请用 QGIS 菜单中的 Lunar Oxide &gt; 软件包安装，或为该 Python 运行 'python3 -m pip install --no-deps onnxruntime'，然后重试。</translation>
    </message>
    <message>
      <source>Prediction raster</source>
      <translation>预测栅格</translation>
    </message>
    <message>
      <source>Prediction rasters (*.tif *.tiff *.vrt)</source>
      <translation>预测栅格 (*.tif *.tiff *.vrt)</translation>
    </message>
    <message>
      <source>Predictions that fill a narrower range than the measurements pull towards the mean.</source>
      <translation>预测的范围比实测窄，表示预测向平均值收缩。</translation>
    </message>
    <message>
      <source>Predictions that leave the trend of the measured soils are suspect even where each oxide alone looks plausible.</source>
      <translation>偏离实测月壤趋势的预测值得怀疑，即使每种氧化物单独看来合理。</translation>
    </message>
    <message>
      <source>Predicts oxides (wt%) with their uncertainty, domain distance and quality flags from the spectra of an ENVI spectral library (.sli) or a table (CSV, text): spectra in columns, as from RELAB and the Lunar Soil Characterization Consortium, or in rows, as the dock's page 'Spectrum' saves them. Spectra that are sampled finely enough are convolved to the model's bands; spectra measured in the bands themselves are taken as they are; others are refused with the reason. The models know reflectance of one sensor: spectra of a laboratory or another sensor get a warning, and their numbers can be wrong.</source>
      <translation>由 ENVI 光谱库（.sli）或表格（CSV、文本）中的光谱预测氧化物（wt%），并给出不确定度、域距离和质量标记：光谱可按列排列，如 RELAB 和月壤表征联盟的数据；也可按行排列，如面板“光谱”页所保存的。采样足够密的光谱会卷积到模型的波段；在这些波段上直接测得的光谱原样采用；其他光谱会被拒绝并说明原因。模型只了解一种传感器的反射率：实验室或其他传感器的光谱会收到警告，其数值可能是错的。</translation>
    </message>
    <message>
      <source>Print all oxides</source>
      <translation>打印全部氧化物</translation>
    </message>
    <message>
      <source>Print map</source>
      <translation>打印地图</translation>
    </message>
    <message>
      <source>Print map: a page with legends, scale, grid and sites, as PDF or picture</source>
      <translation>打印地图：带图例、比例尺、格网和采样点的页面，输出为 PDF 或图片</translation>
    </message>
    <message>
      <source>Print the visible oxide</source>
      <translation>打印可见的氧化物</translation>
    </message>
    <message>
      <source>Probabilities are adjusted for all {0} differences that are tested here (Holm 1979); those below {1} are bold.</source>
      <translation>概率已按这里检验的全部 {0} 个差异调整（Holm 1979）；低于 {1} 的为粗体。</translation>
    </message>
    <message>
      <source>Procellarum</source>
      <translation>风暴洋</translation>
    </message>
    <message>
      <source>Processing does not know 'Predict oxides': enable it.</source>
      <translation>“处理”框架中没有“预测氧化物”：请启用该算法提供者。</translation>
    </message>
    <message>
      <source>Protocol</source>
      <translation>方案</translation>
    </message>
    <message>
      <source>Provenance</source>
      <translation>出处</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>已发表</translation>
    </message>
    <message>
      <source>Published figures marked as leaking chose the best epoch on the very station that was left out; they cannot be compared with the validated ones.</source>
      <translation>标为有泄漏的发表数值用留出的站点本身选择最佳轮次；不能与验证数值比较。</translation>
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
      <source>Q-Q plot of standardised residuals</source>
      <translation>标准化残差的 Q-Q 图</translation>
    </message>
    <message>
      <source>QGIS does not know live maps: enable the plugin Lunar Oxide, and try again.</source>
      <translation>QGIS 不认识实时图：请启用插件 Lunar Oxide 后重试。</translation>
    </message>
    <message>
      <source>QGIS itself may show red bars such as 'No transform available between IAU_2015:30110 and Custom CRS'. They are harmless: parts of QGIS look for the place on the Earth, and there is none. Close them.</source>
      <translation>QGIS 自身可能显示红色消息栏，例如 'No transform available between IAU_2015:30110 and Custom CRS'。它们无害：QGIS 的某些部分在地球上寻找该位置，而那里没有。将其关闭即可。</translation>
    </message>
    <message>
      <source>QGIS knows no way from the CRS of {layer} to that of the map: choose a lunar CRS for the map.</source>
      <translation>QGIS 无法从 {layer} 的坐标系转换到地图的坐标系：请为地图选择月球坐标系。</translation>
    </message>
    <message>
      <source>QGIS knows no way from the map's CRS to that of {layer} ({reason}): set a lunar CRS for the project.</source>
      <translation>QGIS 无法从地图坐标系转换到 {layer} 的坐标系（{reason}）：请为工程设置月球坐标系。</translation>
    </message>
    <message>
      <source>QGIS refused the layer: see its log.</source>
      <translation>QGIS 拒绝了该图层：见其日志。</translation>
    </message>
    <message>
      <source>QGIS shows the file elsewhere, so give its true longitudes, or no extent</source>
      <translation>QGIS 将该文件显示在别处，因此请给出其真实经度，或不给范围</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>质量</translation>
    </message>
    <message>
      <source>Quality flags</source>
      <translation>质量标记</translation>
    </message>
    <message>
      <source>Quality flags: bits that add up; the colour is that of the most serious. '{wide}': {meaning}. '{unlike}': {unlike_meaning}.</source>
      <translation>质量标记：各位可累加；颜色取最严重者。“{wide}”：{meaning}。“{unlike}”：{unlike_meaning}。</translation>
    </message>
    <message>
      <source>Quality labels.</source>
      <translation>质量标记。</translation>
    </message>
    <message>
      <source>Quality: {0}</source>
      <translation>质量：{0}</translation>
    </message>
    <message>
      <source>Quality: {0}; domain distance {1}.</source>
      <translation>质量：{0}；域距离 {1}。</translation>
    </message>
    <message>
      <source>Quantiles are those of area, to half of the last digit that is shown.</source>
      <translation>分位数按面积计算，精确到所示末位的一半。</translation>
    </message>
    <message>
      <source>Quantities that are computed from the same oxides are not independent of them; the adjustment holds all the same.</source>
      <translation>由相同氧化物计算的量彼此不独立；调整仍然成立。</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>量</translation>
    </message>
    <message>
      <source>Quartiles</source>
      <translation>四分位数</translation>
    </message>
    <message>
      <source>Q–Q plot: standardised residuals against a normal distribution.</source>
      <translation>Q–Q 图：标准化残差与正态分布比较。</translation>
    </message>
    <message>
      <source>RMSE at the sites not seen ({0}): {1}.</source>
      <translation>未参与训练的采样点处的 RMSE（{0}）：{1}。</translation>
    </message>
    <message>
      <source>RMSE in wt%</source>
      <translation>RMSE（wt%）</translation>
    </message>
    <message>
      <source>RMSE in wt%: without the mission, parent and refined model.</source>
      <translation>RMSE，单位 wt%：不含该任务，原模型与改进后的模型。</translation>
    </message>
    <message>
      <source>RMSE of each mission when it is left out ({0})</source>
      <translation>每个任务留出时的 RMSE（{0}）</translation>
    </message>
    <message>
      <source>RMSE of the parent</source>
      <translation>原模型的 RMSE</translation>
    </message>
    <message>
      <source>RMSE refined</source>
      <translation>改进后的 RMSE</translation>
    </message>
    <message>
      <source>RMSE, MAE, MedAE, bias (predicted minus measured) and intercept in wt%.</source>
      <translation>RMSE、MAE、MedAE、偏差（预测减实测）和截距的单位为 wt%。</translation>
    </message>
    <message>
      <source>RPD is the standard deviation of the measured values (over n − 1) divided by the RMSE: 1 says no more than their mean does; Chang et al.</source>
      <translation>RPD 是实测值的标准差（除以 n − 1）除以 RMSE：为 1 时所说明的不比其平均值多；Chang et al.</translation>
    </message>
    <message>
      <source>Range</source>
      <translation>范围</translation>
    </message>
    <message>
      <source>Range of the pixels of a box</source>
      <translation>矩形框中各像元的范围</translation>
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
      <source>Raster band for {band}</source>
      <translation>用作 {band} 的栅格波段</translation>
    </message>
    <message>
      <source>Raster band numbers in the model's order, which 'Describe model' shows (kaguya_mi: 414, 749, 901, 950, 1001, 1049, 1248, 1548 nm). Leave empty to find them by wavelength or name; the log shows which was taken and how far it is off.</source>
      <translation>按模型顺序给出的栅格波段号，顺序见“描述模型”（kaguya_mi：414、749、901、950、1001、1049、1248、1548 nm）。留空则按波长或名称查找；日志会说明选用了哪些波段、波长相差多少。</translation>
    </message>
    <message>
      <source>Raster band numbers in the model's order. Leave empty to find them by wavelength or name.</source>
      <translation>按模型顺序给出的栅格波段号。留空则按波长或名称查找。</translation>
    </message>
    <message>
      <source>Raster band numbers in the model's order; leave empty to find them by wavelength or name. Needed for model files that do not describe themselves.</source>
      <translation>按模型顺序给出的栅格波段号；留空则按波长或名称查找。对没有自我描述的模型文件是必需的。</translation>
    </message>
    <message>
      <source>Raster band numbers in the order of the formulas of 'Spectral parameters' (MI: 414, 749, 950, 1049, 1248, 1548 nm; Clementine: 415, 750, 950 nm). Leave empty to find them by wavelength or name.</source>
      <translation>按“光谱参数”公式的顺序给出的栅格波段号（MI：414、749、950、1049、1248、1548 nm；Clementine：415、750、950 nm）。留空则按波长或名称查找。</translation>
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
      <source>Raster …</source>
      <translation>栅格 …</translation>
    </message>
    <message>
      <source>Rasters of the data type {0} cannot be put into a mosaic.</source>
      <translation>数据类型为 {0} 的栅格不能放入镶嵌图。</translation>
    </message>
    <message>
      <source>Ratio to</source>
      <translation>比值参照</translation>
    </message>
    <message>
      <source>Reach of the correction: {0} domain units.</source>
      <translation>校正的作用范围：{0} 个域单位。</translation>
    </message>
    <message>
      <source>Read: every {step:.1f}th pixel each way of {total}.</source>
      <translation>已读取：{total} 个像元，行列方向各每隔 {step:.1f} 个取一个。</translation>
    </message>
    <message>
      <source>Reading ...</source>
      <translation>正在读取 …</translation>
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
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Reasons to look at a sample again.</source>
      <translation>需要重新核查某个样品的理由。</translation>
    </message>
    <message>
      <source>Recognise</source>
      <translation>识别</translation>
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
      <source>Refined from</source>
      <translation>改进自</translation>
    </message>
    <message>
      <source>Refined model</source>
      <translation>改进后的模型</translation>
    </message>
    <message>
      <source>Refining a model with new samples</source>
      <translation>用新样品改进模型</translation>
    </message>
    <message>
      <source>Reflectance</source>
      <translation>反射率</translation>
    </message>
    <message>
      <source>Reflectance at 750 nm in grey</source>
      <translation>750 nm 的反射率，灰度</translation>
    </message>
    <message>
      <source>Reflectance at i=30, e=0, g=30 degrees: an MI_MAP tile or mosaic, Clementine UVVIS, or any raster with wavelengths in its metadata or band names.</source>
      <translation>i=30、e=0、g=30 度的反射率：MI_MAP 图幅或镶嵌图、Clementine UVVIS，或元数据、波段名中带有波长的任意栅格。</translation>
    </message>
    <message>
      <source>Reflectance at i=30, e=0, g=30 degrees: an MI_MAP tile, a Clementine UVVIS mosaic, or any raster with wavelengths in its metadata or band names.</source>
      <translation>i=30、e=0、g=30 度下的反射率：MI_MAP 图幅、Clementine UVVIS 镶嵌图，或元数据、波段名中带有波长的任意栅格。</translation>
    </message>
    <message>
      <source>Reflectance at {0} nm, interpolated</source>
      <translation>{0} nm 的反射率，插值</translation>
    </message>
    <message>
      <source>Reflectance at {nm:g} nm ({sensor}), from {low:.3f} to {high:.3f}.</source>
      <translation>{nm:g} nm 的反射率（{sensor}），从 {low:.3f} 到 {high:.3f}。</translation>
    </message>
    <message>
      <source>Reflectance for a second opinion</source>
      <translation>用于第二种意见的反射率</translation>
    </message>
    <message>
      <source>Reflectance for one step of the numbers, e.g. 0.0001; leave empty for what the header or the numbers say.</source>
      <translation>数值每一级对应的反射率，例如 0.0001；留空则采用头文件或数值所示。</translation>
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers ({scales})</source>
      <translation>栅格数值每一级对应的反射率（{scales}）</translation>
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers, replacing the bands' own scale ({scales}).</source>
      <translation>栅格数值每一级对应的反射率，代替波段自带的缩放系数（{scales}）。</translation>
    </message>
    <message>
      <source>Reflectance for one step of the raster's numbers, replacing the bands' own scale ({scales}). Leave empty to use what the file says.</source>
      <translation>栅格数值每一级对应的反射率，代替波段自带的缩放系数（{scales}）。留空则采用文件中的值。</translation>
    </message>
    <message>
      <source>Reflectance in the model's bands from {0} to {1}.</source>
      <translation>模型各波段的反射率，从 {0} 到 {1}。</translation>
    </message>
    <message>
      <source>Reflectance in the model’s bands.</source>
      <translation>模型各波段的反射率。</translation>
    </message>
    <message>
      <source>Reflectance in training</source>
      <translation>训练中的反射率</translation>
    </message>
    <message>
      <source>Reflectance of another sensor or geometry differs from the training's even where bands agree: the result then looks right and is wrong.</source>
      <translation>其他传感器或几何条件的反射率即使波段一致也与训练不同：结果看起来正确，实际错误。</translation>
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
      <source>Reflectance raster that the spectra are read from: the sensor and product that the model was trained for. Leave empty where the sites carry columns of reflectance (as a fraction) in its bands, called after the wavelengths: r414, r749 ... for Kaguya MI, r415, r750 ... for Clementine UVVIS.</source>
      <translation>读取光谱的反射率栅格：须为模型训练所用的传感器和产品。若采样点带有模型各波段的反射率列（以小数表示），并以波长命名，则留空：Kaguya MI 为 r414、r749 等，Clementine UVVIS 为 r415、r750 等。</translation>
    </message>
    <message>
      <source>Reflectance raster: an MI_MAP tile (.lbl, or .img of version 2), a Clementine UVVIS mosaic, or any raster with wavelengths in its metadata or band names. Scale, offset and nodata of each band are applied; the sensor's codes for invalid pixels are masked.</source>
      <translation>反射率栅格：MI_MAP 图幅（.lbl，或第 2 版的 .img）、Clementine UVVIS 镶嵌图，或元数据、波段名中带有波长的任意栅格。各波段的缩放系数、偏移量和无效值会自动应用；传感器的无效像元代码会被掩膜。</translation>
    </message>
    <message>
      <source>Reflectance raster: an MI_MAP tile, a mosaic of any size, or any raster with wavelengths in its metadata or band names, as in 'Predict oxides'.</source>
      <translation>反射率栅格：MI_MAP 图幅、任意大小的镶嵌图，或元数据、波段名中带有波长的任意栅格，同“预测氧化物”。</translation>
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
      <source>Reflectance: {source} ({origin}).</source>
      <translation>反射率：{source}（{origin}）。</translation>
    </message>
    <message>
      <source>Reflectance: {source}.</source>
      <translation>反射率：{source}。</translation>
    </message>
    <message>
      <source>Region</source>
      <translation>区域</translation>
    </message>
    <message>
      <source>Region (km²)</source>
      <translation>区域（km²）</translation>
    </message>
    <message>
      <source>Region {number}</source>
      <translation>区域 {number}</translation>
    </message>
    <message>
      <source>Region: {count} pixels</source>
      <translation>区域：{count} 个像元</translation>
    </message>
    <message>
      <source>Regions</source>
      <translation>区域</translation>
    </message>
    <message>
      <source>Regions of your own</source>
      <translation>您自己的区域</translation>
    </message>
    <message>
      <source>Regions with statistics</source>
      <translation>带统计量的区域</translation>
    </message>
    <message>
      <source>Regions with values.</source>
      <translation>有数值的区域数。</translation>
    </message>
    <message>
      <source>Rehearsal</source>
      <translation>演练</translation>
    </message>
    <message>
      <source>Rehearsal: the same refinement on the missions that the parent knows, each taken as new; it tells how such refinements fare, not how this one does.</source>
      <translation>演练：对原模型已知的任务做同样的改进，每次把一个任务当作新的；它说明这类改进的一般效果，而不是这一次的效果。</translation>
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
      <source>Residual against domain distance</source>
      <translation>残差与域距离</translation>
    </message>
    <message>
      <source>Residual against measured value</source>
      <translation>残差与实测值</translation>
    </message>
    <message>
      <source>Residuals of {0}.</source>
      <translation>{0} 的残差。</translation>
    </message>
    <message>
      <source>Residuals of {0}; {1} lie beyond the limit of 1.</source>
      <translation>{0} 的残差；{1} 个位于界限 1 之外。</translation>
    </message>
    <message>
      <source>Resolution (dots per inch)</source>
      <translation>分辨率（每英寸点数）</translation>
    </message>
    <message>
      <source>Resolution of the PNG, and of rasters in the PDF.</source>
      <translation>PNG 以及 PDF 中栅格的分辨率。</translation>
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
      <source>Root mean square error of the model ({0})</source>
      <translation>模型的均方根误差（{0}）</translation>
    </message>
    <message>
      <source>Row {0} of {1} has {2} values, its header {3} columns, separated by {4}: put texts and numbers that hold this sign in quotation marks, or save the table with another separator.</source>
      <translation>{1} 的第 {0} 行有 {2} 个值，而表头有 {3} 列，分隔符为 {4}：请将含有该符号的文字和数字放入引号，或用其他分隔符保存表格。</translation>
    </message>
    <message>
      <source>Row {0} of {1} has {2} values, its header {3} columns: put texts that hold the separator in quotation marks.</source>
      <translation>{1} 的第 {0} 行有 {2} 个值，而表头有 {3} 列：请将含有分隔符的文字放入引号。</translation>
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
      <source>Run 'Predict oxides' or add a prediction to the project first.</source>
      <translation>请先运行“预测氧化物”，或向工程中添加预测结果。</translation>
    </message>
    <message>
      <source>R² = 1 − SSE/SST, with SST about the mean measured value of the same group of sites; it is negative where the mean would have predicted better.</source>
      <translation>R² = 1 − SSE/SST，其中 SST 以同一组采样点实测值的平均为中心；若以平均值预测更好，则 R² 为负。</translation>
    </message>
    <message>
      <source>R² of other methods in the same folds</source>
      <translation>其他方法在相同划分中的 R²</translation>
    </message>
    <message>
      <source>S</source>
      <translation>南</translation>
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
      <source>Sample sites up to this far from the line, in km, are shown.</source>
      <translation>显示距线不超过此距离（km）的采样点。</translation>
    </message>
    <message>
      <source>Sampled: one pixel of {count} x {count}</source>
      <translation>抽样：每 {count} x {count} 个像元取一个</translation>
    </message>
    <message>
      <source>Samples added</source>
      <translation>新增样品数</translation>
    </message>
    <message>
      <source>Samples that are compared with the same pixels are drawn together; otherwise sites count as independent.</source>
      <translation>与相同像元比较的样品一起抽取；其余采样点视为独立。</translation>
    </message>
    <message>
      <source>Samples that the model was refined with.</source>
      <translation>用于改进模型的样品数。</translation>
    </message>
    <message>
      <source>Samples to look at again</source>
      <translation>需要复查的样品</translation>
    </message>
    <message>
      <source>Save as mask raster ...</source>
      <translation>保存为掩膜栅格 …</translation>
    </message>
    <message>
      <source>Save as spectral library</source>
      <translation>保存为光谱库</translation>
    </message>
    <message>
      <source>Save as spectral library ...</source>
      <translation>保存为光谱库 …</translation>
    </message>
    <message>
      <source>Save pixels as table ...</source>
      <translation>将像元保存为表格 …</translation>
    </message>
    <message>
      <source>Save readings</source>
      <translation>保存读数</translation>
    </message>
    <message>
      <source>Save statistics</source>
      <translation>保存统计</translation>
    </message>
    <message>
      <source>Save the chart</source>
      <translation>保存图表</translation>
    </message>
    <message>
      <source>Save the chart as a picture (PNG or SVG)</source>
      <translation>将图表保存为图片（PNG 或 SVG）</translation>
    </message>
    <message>
      <source>Save the chart as it is shown as a picture (PNG or SVG)</source>
      <translation>将图表按所示保存为图片（PNG 或 SVG）</translation>
    </message>
    <message>
      <source>Save the curves</source>
      <translation>保存曲线</translation>
    </message>
    <message>
      <source>Save the curves as the chart shows them as a CSV file</source>
      <translation>将曲线按图表所示保存为 CSV 文件</translation>
    </message>
    <message>
      <source>Save the mask raster</source>
      <translation>保存掩膜栅格</translation>
    </message>
    <message>
      <source>Save the pixels</source>
      <translation>保存像元</translation>
    </message>
    <message>
      <source>Save the plot as it is shown as a picture (PNG or SVG)</source>
      <translation>将散点图按所示保存为图片（PNG 或 SVG）</translation>
    </message>
    <message>
      <source>Save the table</source>
      <translation>保存表格</translation>
    </message>
    <message>
      <source>Save the values along the line as a table</source>
      <translation>将沿线的数值保存为表格</translation>
    </message>
    <message>
      <source>Save the visible readings with their compositions as a CSV file</source>
      <translation>将可见的读数及其成分保存为 CSV 文件</translation>
    </message>
    <message>
      <source>Saved {name}: {count} pixels are 1, others 0.</source>
      <translation>已保存 {name}：{count} 个像元为 1，其余为 0。</translation>
    </message>
    <message>
      <source>Saved {name}: {count} pixels.</source>
      <translation>已保存 {name}：{count} 个像元。</translation>
    </message>
    <message>
      <source>Saved: {path}</source>
      <translation>已保存：{path}</translation>
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
      <source>Scatter plot</source>
      <translation>散点图</translation>
    </message>
    <message>
      <source>Scatter plot of {0} sites ({1}) with the 1:1 line.</source>
      <translation>{0} 个采样点（{1}）的散点图及 1:1 线。</translation>
    </message>
    <message>
      <source>Scatter plot of {0} with the 1:1 line.</source>
      <translation>{0} 的散点图及 1:1 线。</translation>
    </message>
    <message>
      <source>Second opinion: classical formulas</source>
      <translation>另一种参照：经典公式</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>随机种子</translation>
    </message>
    <message>
      <source>Seen in training</source>
      <translation>参与过训练</translation>
    </message>
    <message>
      <source>Selected line</source>
      <translation>选中的线</translation>
    </message>
    <message>
      <source>Selenographic grid</source>
      <translation>月面经纬格网</translation>
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
      <source>Self-contained HTML report of one page, the answer first.</source>
      <translation>一页的自包含 HTML 报告，先给出回答。</translation>
    </message>
    <message>
      <source>Self-contained HTML report with a chart of each oxide.</source>
      <translation>自包含的 HTML 报告，每种氧化物一幅图表。</translation>
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
      <source>Self-contained HTML report: the spectra, their oxides with intervals and quality in words, and what is known of the model.</source>
      <translation>自包含的 HTML 报告：光谱、其氧化物及区间、以文字说明的质量，以及关于模型的已知情况。</translation>
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
      <source>Serenitatis</source>
      <translation>澄海</translation>
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
      <source>Several workers of the cluster ended while they computed the same shard: they may lack memory (see their logs); start workers with more memory or fewer threads and run the same command; finished shards are kept.</source>
      <translation>集群的多个工作进程在计算同一分片时终止：可能内存不足（见其日志）；请以更多内存或更少线程启动工作进程，再运行相同的命令；已完成的分片会保留。</translation>
    </message>
    <message>
      <source>Shadow, steep slopes, latitudes above 60-65 degrees and fresh rock change reflectance without changing chemistry.</source>
      <translation>阴影、陡坡、60-65 度以上的纬度和新鲜岩石会改变反射率而不改变化学成分。</translation>
    </message>
    <message>
      <source>Shape of the filters</source>
      <translation>滤光片的形状</translation>
    </message>
    <message>
      <source>Shape of the model's filters, which have a centre and a full width at half maximum. A band needs samples no farther apart than its width, to one width (gaussian) or half a width (boxcar) on both sides.</source>
      <translation>模型的滤光片的形状，以中心和半高全宽描述。波段两侧各一个带宽（高斯形）或半个带宽（矩形）以内，光谱采样间隔不得大于带宽。</translation>
    </message>
    <message>
      <source>Shapes as in the other charts</source>
      <translation>形状与其他图相同</translation>
    </message>
    <message>
      <source>Shapley values</source>
      <translation>Shapley 值</translation>
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
      <source>Share of a cell that the map must cover with valid pixels, in percent; other cells are left out and counted.</source>
      <translation>图须以有效像元覆盖单元的百分比；其余单元略去并计数。</translation>
    </message>
    <message>
      <source>Share with flag</source>
      <translation>有标记的比例</translation>
    </message>
    <message>
      <source>Shared error of two regions (%)</source>
      <translation>两个区域的共同误差（%）</translation>
    </message>
    <message>
      <source>Shares are those of the region’s area on the raster.</source>
      <translation>比例按区域在栅格上的面积计算。</translation>
    </message>
    <message>
      <source>Show or hide the Lunar Oxide panel</source>
      <translation>显示或隐藏 Lunar Oxide 面板</translation>
    </message>
    <message>
      <source>Show oxides of the chosen raster wherever the map looks</source>
      <translation>地图看到哪里，就显示所选栅格那里的氧化物</translation>
    </message>
    <message>
      <source>Show the chosen raster in grey, stretched from the 2nd to the 98th percentile</source>
      <translation>以灰度显示所选栅格，从第 2 到第 98 百分位数拉伸</translation>
    </message>
    <message>
      <source>Show the whole chart. Zoom: wheel, or drag a box; move: arrow keys</source>
      <translation>显示整个图表。缩放：滚轮，或拖出矩形框；移动：方向键</translation>
    </message>
    <message>
      <source>Show the whole chart. Zoom: wheel; move: arrow keys</source>
      <translation>显示整个图表。缩放：滚轮；移动：方向键</translation>
    </message>
    <message>
      <source>Show where the file is</source>
      <translation>显示文件所在位置</translation>
    </message>
    <message>
      <source>Shown</source>
      <translation>显示内容</translation>
    </message>
    <message>
      <source>Shows reflectance as a picture: the colour ratios 750/415, 750/950 and 415/750 nm in red, green and blue, as made with Clementine, or natural-like colours. In colour ratios topography cancels to first order: red are mature highlands and maria poor in titanium, green is fresh soil with iron, blue are maria rich in titanium and fresh highlands. The sensor is recognised as by 'Spectral parameters'.</source>
      <translation>将反射率显示为图像：颜色比值 750/415、750/950 和 415/750 nm 分别作红、绿、蓝，与 Clementine 的做法相同；或近自然色。颜色比值中地形影响在一阶近似下抵消：红色为成熟高地和贫钛月海，绿色为新鲜含铁月壤，蓝色为富钛月海和新鲜高地。传感器的识别同“光谱参数”。</translation>
    </message>
    <message>
      <source>Sigma</source>
      <translation>Sigma</translation>
    </message>
    <message>
      <source>Sigma after</source>
      <translation>之后的 sigma</translation>
    </message>
    <message>
      <source>Sigma at a new place</source>
      <translation>新地点的 sigma</translation>
    </message>
    <message>
      <source>Sigma before</source>
      <translation>之前的 sigma</translation>
    </message>
    <message>
      <source>Sigma is meant for sites that the model has not seen.</source>
      <translation>Sigma 针对模型没有见过的采样点。</translation>
    </message>
    <message>
      <source>Sigma is nowhere below the parent's.</source>
      <translation>Sigma 处处不小于原模型的 sigma。</translation>
    </message>
    <message>
      <source>Sigma is the mean of the pixels’ sigmas; it is not divided by their number.</source>
      <translation>Sigma 是各像元 sigma 的平均；没有除以像元数。</translation>
    </message>
    <message>
      <source>Sigma near sampled geology</source>
      <translation>采样地质附近的 sigma</translation>
    </message>
    <message>
      <source>Sigma of each pixel has two parts: {0} of its variance is common to all pixels of a region, {1} averages out.</source>
      <translation>每个像元的 sigma 有两部分：其方差的 {0} 为区域内所有像元共有，{1} 会平均掉。</translation>
    </message>
    <message>
      <source>Sigma: {0} (1.645 sigma to either side).</source>
      <translation>Sigma：{0}（两侧各 1.645 sigma）。</translation>
    </message>
    <message>
      <source>Significance.</source>
      <translation>显著性。</translation>
    </message>
    <message>
      <source>Significant differences</source>
      <translation>显著差异</translation>
    </message>
    <message>
      <source>Single, unusual points that decide much of the squared error, in wt% (the last line without unit).</source>
      <translation>单个的特殊点，决定大部分平方误差，单位 wt%（最后一行无单位）。</translation>
    </message>
    <message>
      <source>Site</source>
      <translation>采样点</translation>
    </message>
    <message>
      <source>Sites</source>
      <translation>采样点数</translation>
    </message>
    <message>
      <source>Sites by predicted minus measured.</source>
      <translation>按预测减实测统计的采样点数。</translation>
    </message>
    <message>
      <source>Sites by value.</source>
      <translation>按数值统计的采样点数。</translation>
    </message>
    <message>
      <source>Sites compared.</source>
      <translation>参与比较的采样点数。</translation>
    </message>
    <message>
      <source>Sites near the line, measured ({0})</source>
      <translation>线附近的采样点，实测（{0}）</translation>
    </message>
    <message>
      <source>Sites not used</source>
      <translation>未使用的采样点</translation>
    </message>
    <message>
      <source>Sites within (km)</source>
      <translation>采样点距离上限（km）</translation>
    </message>
    <message>
      <source>Sites without a prediction and rows that could not be used; they are in no figure.</source>
      <translation>没有预测的采样点和无法使用的行；它们不在任何图中。</translation>
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
      <source>Skipped sites</source>
      <translation>跳过的采样点</translation>
    </message>
    <message>
      <source>Smaller copies of the raster, so that far views are fast</source>
      <translation>栅格的缩小副本，使远景显示得更快</translation>
    </message>
    <message>
      <source>Software</source>
      <translation>软件</translation>
    </message>
    <message>
      <source>Soils are mixtures</source>
      <translation>月壤是混合物</translation>
    </message>
    <message>
      <source>Soils that instruments of landers and rovers analysed where they stood: independent of all returned samples, and less precise.</source>
      <translation>着陆器和月球车的仪器就地分析的月壤：与所有返回样品无关，精度较低。</translation>
    </message>
    <message>
      <source>Some share their pixels: {0} samples lie at {1} places.</source>
      <translation>有些共用像元：{0} 个样品位于 {1} 个地点。</translation>
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
      <source>South Pole-Aitken</source>
      <translation>南极-艾特肯盆地</translation>
    </message>
    <message>
      <source>South Pole-Aitken has</source>
      <translation>南极-艾特肯盆地</translation>
    </message>
    <message>
      <source>South Pole-Aitken has more SiO2 and less FeO and TiO2 than the maria of the near side</source>
      <translation>南极-艾特肯盆地的 SiO2 比正面月海多，FeO 和 TiO2 比其少</translation>
    </message>
    <message>
      <source>South Pole-Aitken has more SiO2 and less FeO and TiO2 than the maria of the near side: {answer}.</source>
      <translation>南极-艾特肯盆地的 SiO2 比正面月海多，FeO 和 TiO2 比其少：{answer}。</translation>
    </message>
    <message>
      <source>South Pole-Aitken minus maria, with 90 % intervals.</source>
      <translation>南极-艾特肯盆地减月海，附 90 % 区间。</translation>
    </message>
    <message>
      <source>South Pole-Aitken, and what lies outside</source>
      <translation>南极-艾特肯盆地及其以外</translation>
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
      <source>Spectra</source>
      <translation>光谱</translation>
    </message>
    <message>
      <source>Spectra (*.sli *.hdr *.csv *.txt *.tab *.tsv *.asc *.dat);;All files (*)</source>
      <translation>光谱 (*.sli *.hdr *.csv *.txt *.tab *.tsv *.asc *.dat);;所有文件 (*)</translation>
    </message>
    <message>
      <source>Spectra from</source>
      <translation>光谱来自</translation>
    </message>
    <message>
      <source>Spectra in the model's bands</source>
      <translation>模型各波段的光谱</translation>
    </message>
    <message>
      <source>Spectra of {count} x {count} pixels, averaged or sampled by the overviews</source>
      <translation>{count} x {count} 个像元的光谱，由概览图平均或抽样</translation>
    </message>
    <message>
      <source>Spectra read.</source>
      <translation>读取的光谱数。</translation>
    </message>
    <message>
      <source>Spectra with a doubtful prediction have another colour.</source>
      <translation>预测可疑的光谱用另一种颜色。</translation>
    </message>
    <message>
      <source>Spectra without a prediction</source>
      <translation>没有预测的光谱</translation>
    </message>
    <message>
      <source>Spectral library</source>
      <translation>光谱库</translation>
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
      <source>Spectrum like a sampled one (distance {distance:.2f}); the geology may be another</source>
      <translation>光谱与某个采样光谱相似（距离 {distance:.2f}）；地质情况仍可能不同</translation>
    </message>
    <message>
      <source>Spectrum of {0}</source>
      <translation>{0} 的光谱</translation>
    </message>
    <message>
      <source>Spectrum under the pointer</source>
      <translation>指针处的光谱</translation>
    </message>
    <message>
      <source>Spectrum unlike all sampled ones (distance {distance:.2f}): extrapolation</source>
      <translation>光谱与所有采样光谱都不相似（距离 {distance:.2f}）：外推</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>速度</translation>
    </message>
    <message>
      <source>Squares are soils measured at sites near the line.</source>
      <translation>方块是线附近采样点的实测月壤。</translation>
    </message>
    <message>
      <source>Standard deviation</source>
      <translation>标准差</translation>
    </message>
    <message>
      <source>Standard error</source>
      <translation>标准误差</translation>
    </message>
    <message>
      <source>Standard error of a mean.</source>
      <translation>平均值的标准误差。</translation>
    </message>
    <message>
      <source>Standardised residuals of {0} against a normal distribution.</source>
      <translation>{0} 的标准化残差与正态分布比较。</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stations</source>
      <translation>站点</translation>
    </message>
    <message>
      <source>Stations left out inside the 90 % interval near sampled geology</source>
      <translation>留出的站点位于采样地质附近 90 % 区间内</translation>
    </message>
    <message>
      <source>Stations of missions left out inside it</source>
      <translation>留出任务的站点位于其内</translation>
    </message>
    <message>
      <source>Stations of one mission are neighbours, so the true uncertainty is wider.</source>
      <translation>同一任务的站点彼此相邻，因此真实不确定度更大。</translation>
    </message>
    <message>
      <source>Stations seen by Clementine (published spectra, one pixel each)</source>
      <translation>Clementine 所见的站点（已发表的光谱，每个站点一个像元）</translation>
    </message>
    <message>
      <source>Stations seen by Clementine UVVIS, predicted by the model for this sensor</source>
      <translation>Clementine UVVIS 所见的站点，用此传感器的模型预测</translation>
    </message>
    <message>
      <source>Statistics</source>
      <translation>统计</translation>
    </message>
    <message>
      <source>Statistics ...</source>
      <translation>统计 …</translation>
    </message>
    <message>
      <source>Statistics of a predicted composition in each region, weighted by area; the colour is the mean of {quantity}. The standard error is that of the mean: most of a prediction's error is common to all pixels and does not average out.</source>
      <translation>各区域预测成分的统计，按面积加权；颜色为 {quantity} 的平均值。标准误差是平均值的标准误差：预测的误差大部分为所有像元共有，不会平均掉。</translation>
    </message>
    <message>
      <source>Statistics of the region</source>
      <translation>区域的统计</translation>
    </message>
    <message>
      <source>Std. dev.</source>
      <translation>标准差</translation>
    </message>
    <message>
      <source>Stoeffler et al.</source>
      <translation>Stoeffler et al.</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Straight line from {low} to {high} nm, as in the band depths</source>
      <translation>{low} 至 {high} nm 的直线，与波段深度所用相同</translation>
    </message>
    <message>
      <source>Stretch</source>
      <translation>拉伸</translation>
    </message>
    <message>
      <source>Strongest band</source>
      <translation>最强波段</translation>
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
      <source>Summarize regions</source>
      <translation>区域汇总</translation>
    </message>
    <message>
      <source>THREADS is {0}: give 1 to {1}, or leave it empty.</source>
      <translation>THREADS 为 {0}：请给 1 至 {1}，或留空。</translation>
    </message>
    <message>
      <source>Table</source>
      <translation>表格</translation>
    </message>
    <message>
      <source>Table of differences</source>
      <translation>差异表</translation>
    </message>
    <message>
      <source>Table of metrics</source>
      <translation>指标表</translation>
    </message>
    <message>
      <source>Table of points</source>
      <translation>点表</translation>
    </message>
    <message>
      <source>Table of sites</source>
      <translation>采样点表</translation>
    </message>
    <message>
      <source>Table of statistics</source>
      <translation>统计表</translation>
    </message>
    <message>
      <source>Table of terranes</source>
      <translation>地体表</translation>
    </message>
    <message>
      <source>Table with one row a spectrum; points where the table of spectra gives lunar longitude and latitude.</source>
      <translation>每条光谱一行的表格；若光谱表给出月球经纬度则为点。</translation>
    </message>
    <message>
      <source>Tables (*.csv)</source>
      <translation>表格 (*.csv)</translation>
    </message>
    <message>
      <source>Take the line that is selected in the active layer</source>
      <translation>采用当前图层中选中的线</translation>
    </message>
    <message>
      <source>Take the model {name}</source>
      <translation>采用模型 {name}</translation>
    </message>
    <message>
      <source>Taurus-Littrow reflectance (interpolated between stations)</source>
      <translation>陶拉斯-利特罗反射率（站点之间插值）</translation>
    </message>
    <message>
      <source>Tells how a predicted composition changes along lines: each oxide with its 90 % interval against distance on the Moon's sphere, with the sample sites near the line. Gives points along the line, a table, and a report with a chart of each oxide. In the window, the page 'Transect' of the panel does the same for a line that you draw.</source>
      <translation>说明预测成分沿线如何变化：每种氧化物及其 90 % 区间随月球球面上的距离变化，并显示线附近的采样点。给出沿线的点、表格，以及每种氧化物一幅图表的报告。在窗口中，面板的“剖面”页对您绘制的线作同样的处理。</translation>
    </message>
    <message>
      <source>Tells little at a new place</source>
      <translation>在新地点参考价值不大</translation>
    </message>
    <message>
      <source>Tells little at a new place: it needs {oxides}.</source>
      <translation>在新地点参考价值不大：它需要 {oxides}。</translation>
    </message>
    <message>
      <source>Tells the composition of regions of a prediction: geologic units, craters, any polygons, or none (the whole raster, South Pole-Aitken, near and far side). For every oxide and derived quantity: mean with standard error, median, percentiles and spread, weighted by area on the sphere; pixels at borders count with the part that lies inside. Gives the polygons with fields, tables, and a report with box plots and the differences between regions with their significance. A mean of a million pixels is not a thousand times better than one: most of a prediction's error is common to all pixels, and the standard error honours this.</source>
      <translation>说明预测图中各区域的成分：地质单元、撞击坑、任意多边形，或不用多边形（整个栅格、南极-艾特肯盆地、正面与背面）。对每种氧化物和派生量给出：平均值及标准误差、中位数、百分位数和离散，按球面面积加权；边界上的像元按其位于区域内的部分计算。给出带字段的多边形、表格，以及含箱线图和区域间差异及其显著性的报告。一百万个像元的平均并不比一个像元精确一千倍：预测的误差大部分为所有像元共有，标准误差已考虑这一点。</translation>
    </message>
    <message>
      <source>Terrane</source>
      <translation>地体</translation>
    </message>
    <message>
      <source>Terranes</source>
      <translation>地体</translation>
    </message>
    <message>
      <source>The 90 % bootstrap intervals below the metrics come from the 5th and 95th percentiles of {0} resamples with a fixed seed: Efron &amp; Tibshirani 1993, An Introduction to the Bootstrap, {1}.</source>
      <translation>指标下方的 90 % 自助区间为固定随机种子的 {0} 次重采样的第 5 和第 95 百分位数：Efron &amp; Tibshirani 1993, An Introduction to the Bootstrap, {1}。</translation>
    </message>
    <message>
      <source>The 90 % interval at a new place is ±{width:.1f} {unit} wide on average; 90 % of all training soils lie within ±{soils:.1f} {unit} of their mean.</source>
      <translation>新地点的 90 % 区间平均为 ±{width:.1f} {unit}；全部训练月壤中有 90 % 位于其平均值的 ±{soils:.1f} {unit} 以内。</translation>
    </message>
    <message>
      <source>The 90 % interval is ± 1.645 sigma: the sigma that the model gives, joined (root of the sum of squares) with that of the measurement where the ground truth gives one.</source>
      <translation>90 % 区间为 ± 1.645 sigma：模型给出的 sigma，在实测给出不确定度时与其合并（平方和的平方根）。</translation>
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
      <source>The archived table: lpgrs_high1_elem_abundance_2deg.tab, _5deg.tab or _20deg.tab of the data set LP-L-GRS-5-ELEM-ABUNDANCE-V1.0 (PDS Geosciences Node), or its label (.lbl). Or a table (CSV) with the columns min_lat, max_lat, min_lon, max_lon in degrees and oxides or elements with their units: FeO, Ti_ppm, FeO_sigma, Th_ppm.</source>
      <translation>存档表：数据集 LP-L-GRS-5-ELEM-ABUNDANCE-V1.0（PDS Geosciences Node）的 lpgrs_high1_elem_abundance_2deg.tab、_5deg.tab 或 _20deg.tab，或其标签（.lbl）。也可为表格（CSV），含列 min_lat、max_lat、min_lon、max_lon（度）以及带单位的氧化物或元素：FeO、Ti_ppm、FeO_sigma、Th_ppm。</translation>
    </message>
    <message>
      <source>The band is its 90 % interval {0} (1.645 sigma to either side).</source>
      <translation>色带为其{0}的 90 % 区间（两侧各 1.645 sigma）。</translation>
    </message>
    <message>
      <source>The bands of the map. all: what the model gives, with domain distance and quality flags. uncertainties: oxides and their sigmas. oxides: oxides alone. Without quality flags nobody can tell doubtful pixels (shadow, saturated, unlike all sampled spectra, outside the physical range, implausible sum) from others, so they are no data there.</source>
      <translation>图的波段。all（全部）：模型给出的内容，含域距离和质量标记。uncertainties（不确定度）：氧化物及其 sigma。oxides（氧化物）：只有氧化物。没有质量标记，就无法区分可疑像元（阴影、饱和、与所有采样光谱都不相似、超出物理范围、总和不合理）与其他像元，因此可疑像元在那里为无数据。</translation>
    </message>
    <message>
      <source>The bars add up to the prediction less the reference's, within the error of the differences.</source>
      <translation>条形之和等于预测减参照，误差不超过差分误差。</translation>
    </message>
    <message>
      <source>The bars of an oxide add up to its prediction less that of the reference (Aas et al.</source>
      <translation>一种氧化物的条形之和等于其预测减参照的预测（Aas et al.</translation>
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
      <source>The claim, oxide by oxide</source>
      <translation>逐个氧化物检验该说法</translation>
    </message>
    <message>
      <source>The classical formulas do not hold above {0} degrees latitude ({1}): read their values there with care.</source>
      <translation>经典公式在纬度 {0} 度以上不成立（{1}）：阅读那里的数值时须谨慎。</translation>
    </message>
    <message>
      <source>The cluster {0} {1}; start 'dask worker' with that address, or cancel.</source>
      <translation>集群 {0} {1}；请用该地址启动 'dask worker'，或取消。</translation>
    </message>
    <message>
      <source>The cluster's worker {0}</source>
      <translation>集群的工作进程 {0}</translation>
    </message>
    <message>
      <source>The cluster's worker {0} does not answer this computer ({1}): check the network between them and the worker's log.</source>
      <translation>集群的工作进程 {0} 没有应答本机（{1}）：请检查两者之间的网络和该工作进程的日志。</translation>
    </message>
    <message>
      <source>The cluster's worker {0} {1}.</source>
      <translation>集群的工作进程 {0} {1}。</translation>
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
      <source>The common grid is that of the coarser map.</source>
      <translation>公共网格为较粗图的网格。</translation>
    </message>
    <message>
      <source>The common part of the error is the square root of {0} times the mean sigma, however many pixels there are.</source>
      <translation>误差的共同部分是 {0} 的平方根乘以平均 sigma，与像元数无关。</translation>
    </message>
    <message>
      <source>The compared cells as polygons, with map, gamma rays and difference in wt%.</source>
      <translation>已比较的单元，为多边形，含图、伽马射线和差值，单位 wt%。</translation>
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
      <source>The curve is the mean of each part of the line.</source>
      <translation>曲线为线上各段的平均。</translation>
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
      <source>The device {0} cannot be started ({1}): choose the CPU, or see 'A GPU' in the guide's page on large rasters.</source>
      <translation>无法启动设备 {0}（{1}）：请选择 CPU，或参阅指南“大型栅格”页（英文）中的 A GPU 一节。</translation>
    </message>
    <message>
      <source>The diagnostics are in the clipboard.</source>
      <translation>诊断信息已复制到剪贴板。</translation>
    </message>
    <message>
      <source>The difference divided by its standard error is compared with the normal distribution, two-sided, and adjusted for all differences of this page and of the CSV table: Holm 1979, {0}.</source>
      <translation>差值除以其标准误差后与正态分布比较（双侧），并按本页和 CSV 表的全部差异调整：Holm 1979, {0}。</translation>
    </message>
    <message>
      <source>The difference is predicted minus measured.</source>
      <translation>差值为预测减实测。</translation>
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
      <source>The domain distance takes the new spectra in.</source>
      <translation>域距离包括新的光谱。</translation>
    </message>
    <message>
      <source>The error is the root of the sum of their squares.</source>
      <translation>误差为其平方和的平方根。</translation>
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
      <source>The extent shows no part of {layer}: zoom to it, or give an extent inside it.</source>
      <translation>该范围不显示 {layer} 的任何部分：请缩放到它，或给出其内部的范围。</translation>
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
      <source>The figures are of whole missions that the model had not seen.</source>
      <translation>这些数值是模型没有见过的整个任务的数值。</translation>
    </message>
    <message>
      <source>The file holds no validation: nothing says how well it predicts stations that it has not seen.</source>
      <translation>文件不含验证：没有说明它对未参与训练的站点预测得有多好。</translation>
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
      <source>The file {0} does not exist: check the path.</source>
      <translation>文件 {0} 不存在：请检查路径。</translation>
    </message>
    <message>
      <source>The fitted line is that of least squares of predicted (y) on measured (x): y = slope · x + intercept.</source>
      <translation>拟合线为预测（y）对实测（x）的最小二乘直线：y = 斜率 · x + 截距。</translation>
    </message>
    <message>
      <source>The flags are explained below it.</source>
      <translation>标记的含义见表下。</translation>
    </message>
    <message>
      <source>The folder {0} cannot be made: {1}.</source>
      <translation>无法创建文件夹 {0}：{1}。</translation>
    </message>
    <message>
      <source>The formulas were fitted partly on these very sites, so that their agreement is no validation either; where the two disagree, look closer.</source>
      <translation>这些公式部分就是用这些采样点拟合的，因此其一致性也不是验证；两者不一致处请仔细查看。</translation>
    </message>
    <message>
      <source>The gamma-ray table {0}</source>
      <translation>伽马射线表 {0}</translation>
    </message>
    <message>
      <source>The header of {0} lists {1} wavelengths for {2} bands (a decimal comma counts as two): correct its list.</source>
      <translation>{0} 的头文件为 {2} 个波段列出了 {1} 个波长（小数逗号会算作两个数）：请更正该列表。</translation>
    </message>
    <message>
      <source>The header {0} cannot be read ({1}): check the path.</source>
      <translation>无法读取头文件 {0}（{1}）：请检查路径。</translation>
    </message>
    <message>
      <source>The installed ONNX Runtime does not offer the device {0}: choose {1}, or install the ONNX Runtime made for it.</source>
      <translation>已安装的 ONNX Runtime 不提供设备 {0}：请选择 {1}，或安装支持它的 ONNX Runtime。</translation>
    </message>
    <message>
      <source>The interval holds at places that no mission has sampled: it was calibrated on missions that were left out of the training.</source>
      <translation>该区间在没有任务采样过的地方成立：它是用训练时留出的任务校准的。</translation>
    </message>
    <message>
      <source>The interval holds only on the geology around the sampled sites: it was calibrated on single stations that were left out. At a new place it is too narrow.</source>
      <translation>该区间只在采样点周围的地质上成立：它是用留出的单个站点校准的。在新地点它过窄。</translation>
    </message>
    <message>
      <source>The interval of the gamma-ray means holds the statistical errors that the table states; errors of its calibration come on top.</source>
      <translation>伽马射线平均值的区间含表中给出的统计误差；其定标误差另计。</translation>
    </message>
    <message>
      <source>The interval of the map’s mean is as wide as that of one pixel, because pixels of one place share most of their error; it does not shrink with their number.</source>
      <translation>图的平均值的区间与一个像元的一样宽，因为同一地方的像元大部分误差相同；它不随像元数缩小。</translation>
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
      <source>The layer of lines</source>
      <translation>线图层</translation>
    </message>
    <message>
      <source>The layer of lines has no CRS: assign the lunar CRS of its coordinates, e.g. IAU_2015:30100.</source>
      <translation>线图层没有坐标系：请指定其坐标所用的月球坐标系，例如 IAU_2015:30100。</translation>
    </message>
    <message>
      <source>The layer of lines is empty: draw a line in it.</source>
      <translation>线图层为空：请在其中绘制一条线。</translation>
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
      <source>The layer of polygons</source>
      <translation>多边形图层</translation>
    </message>
    <message>
      <source>The layer of polygons has no CRS: assign the lunar CRS of its coordinates, e.g. IAU_2015:30100.</source>
      <translation>多边形图层没有坐标系：请指定其坐标所用的月球坐标系，例如 IAU_2015:30100。</translation>
    </message>
    <message>
      <source>The layer of polygons holds none: choose a layer with polygons, or leave it out.</source>
      <translation>多边形图层中没有多边形：请选择含多边形的图层，或不指定。</translation>
    </message>
    <message>
      <source>The layer of regions has no polygon: choose another layer.</source>
      <translation>区域图层中没有多边形：请选择其他图层。</translation>
    </message>
    <message>
      <source>The layer of sample sites is empty: choose one with sites.</source>
      <translation>采样点图层为空：请选择含有采样点的图层。</translation>
    </message>
    <message>
      <source>The layer {0} must be GeoJSON or a GeoPackage: give a name that ends in .geojson or .gpkg.</source>
      <translation>图层 {0} 必须是 GeoJSON 或 GeoPackage：请给出以 .geojson 或 .gpkg 结尾的名称。</translation>
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
      <source>The layout {name} is in the project: Project &gt; Layouts.</source>
      <translation>布局 {name} 在工程中：工程 &gt; 布局。</translation>
    </message>
    <message>
      <source>The library {0} cannot be read ({1}): check it.</source>
      <translation>无法读取光谱库 {0}（{1}）：请检查。</translation>
    </message>
    <message>
      <source>The limits are those of rocks; soils hold highland debris, which lowers TiO2 and raises Al2O3</source>
      <translation>界限是岩石的界限；月壤含有高地碎屑，使 TiO2 降低、Al2O3 升高</translation>
    </message>
    <message>
      <source>The line has fewer than two points: draw a longer one.</source>
      <translation>这条线少于两个点：请绘制更长的线。</translation>
    </message>
    <message>
      <source>The line has no length: draw a longer one.</source>
      <translation>这条线没有长度：请绘制更长的线。</translation>
    </message>
    <message>
      <source>The line reaches beyond the map of its CRS, e.g. over the horizon of a globe: keep it on the map.</source>
      <translation>这条线超出其坐标系的地图，例如越过球面的地平线：请使其位于地图之内。</translation>
    </message>
    <message>
      <source>The map against elements measured from orbit</source>
      <translation>图与轨道测得的元素比较</translation>
    </message>
    <message>
      <source>The map answers only where it shows at least {0} of both, and where the difference is larger than its uncertainty.</source>
      <translation>只有当图至少显示两者的 {0}，且差异大于其不确定度时，图才给出答案。</translation>
    </message>
    <message>
      <source>The map does not say how uncertain it is at a new place.</source>
      <translation>图没有说明它在新地点的不确定度。</translation>
    </message>
    <message>
      <source>The map has no CRS: set a lunar CRS for the project.</source>
      <translation>地图没有坐标系：请为工程设置月球坐标系。</translation>
    </message>
    <message>
      <source>The map has no lunar CRS: no scale and no grid.</source>
      <translation>地图没有月球坐标系：没有比例尺和格网。</translation>
    </message>
    <message>
      <source>The map has no quality flags, so pixels with a flag that makes their numbers doubtful are no data; {0} of them have spectra unlike all sampled ones.</source>
      <translation>该图没有质量标记，因此带有使数值可疑的标记的像元为无数据；其中 {0} 个像元的光谱与所有采样光谱都不相似。</translation>
    </message>
    <message>
      <source>The map is complete, but has no style file: {0}</source>
      <translation>图已完成，但没有样式文件：{0}</translation>
    </message>
    <message>
      <source>The map is empty: every pixel of the raster is no data, shadow, saturated, or no reflectance that rock can have; check its bands, its scale and the extent.</source>
      <translation>图件为空：栅格的每个像元都是无数据、阴影、饱和，或岩石不可能有的反射率；请检查其波段、缩放和范围。</translation>
    </message>
    <message>
      <source>The map says</source>
      <translation>图的结果</translation>
    </message>
    <message>
      <source>The map shows no part of the prediction.</source>
      <translation>地图视图中没有预测结果的任何部分。</translation>
    </message>
    <message>
      <source>The map takes up to {0} GB where all pixels are valid; with ENCODING compact about a quarter of that.</source>
      <translation>若所有像元都有效，该图最多占 {0} GB；ENCODING 为 compact 时约为其四分之一。</translation>
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
      <source>The maps of {file} are in the group '{group}'.</source>
      <translation>{file} 的各图位于组“{group}”中。</translation>
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
      <source>The model gives no domain distance: nothing flags spectra unlike its training.</source>
      <translation>模型不给出域距离：与训练不相似的光谱没有标记。</translation>
    </message>
    <message>
      <source>The model gives no uncertainty for a new place: its sigma was calibrated near sampled geology and is too small elsewhere.</source>
      <translation>模型不给出新地点的不确定度：其 sigma 在采样地质附近校准，在别处过小。</translation>
    </message>
    <message>
      <source>The model gives no uncertainty.</source>
      <translation>该模型不给出不确定度。</translation>
    </message>
    <message>
      <source>The model gives no uncertainty: maps made with it have no sigma.</source>
      <translation>模型不给出不确定度：用它制作的图没有 sigma。</translation>
    </message>
    <message>
      <source>The model has not seen {0} of them in training; it was fitted to the spectra of {1}.</source>
      <translation>其中 {0} 个模型在训练中没有见过；它用 {1} 个的光谱拟合。</translation>
    </message>
    <message>
      <source>The model has seen every compared site in training, or its training is unknown: these figures show the fit and validate nothing.</source>
      <translation>参与比较的采样点全部用于训练过该模型，或其训练数据不明：这些指标只反映拟合程度，不构成任何验证。</translation>
    </message>
    <message>
      <source>The model was fitted to the spectra of all of them.</source>
      <translation>模型用全部采样点的光谱拟合。</translation>
    </message>
    <message>
      <source>The model was trained on every site shown.</source>
      <translation>模型用所示的每个采样点训练过。</translation>
    </message>
    <message>
      <source>The model was trained on these very spectra: what it gives for them is fitted, not validated.</source>
      <translation>模型正是用这些光谱训练的：它对这些光谱给出的是拟合值，不是验证。</translation>
    </message>
    <message>
      <source>The model {0} does not describe its bands: give BANDS, the raster band numbers for its {1} inputs in order.</source>
      <translation>模型 {0} 没有描述其波段：请用 BANDS 依次给出其 {1} 个输入对应的栅格波段号。</translation>
    </message>
    <message>
      <source>The model {0} does not describe the wavelengths of its bands, so that no spectrum can be brought to them: choose another model.</source>
      <translation>模型 {0} 没有描述其波段的波长，因此无法将光谱换算到这些波段：请另选模型。</translation>
    </message>
    <message>
      <source>The model's file does not say how the interval was calibrated.</source>
      <translation>模型文件没有说明该区间如何校准。</translation>
    </message>
    <message>
      <source>The model's title.</source>
      <translation>模型的标题。</translation>
    </message>
    <message>
      <source>The model’s file does not say how uncertain its oxides are at a new place.</source>
      <translation>模型文件没有说明其氧化物在新地点的不确定度。</translation>
    </message>
    <message>
      <source>The model’s file holds no figures of its agreement with measured soils.</source>
      <translation>模型文件没有其与实测月壤一致性的指标。</translation>
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
      <source>The other part is the square root of {0} times the sum of squares of area times sigma, divided by the area.</source>
      <translation>另一部分是 {0} 的平方根乘以面积与 sigma 之积的平方和的平方根，再除以面积。</translation>
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
      <source>The oxide of a raster whose bands do not say what they hold.</source>
      <translation>波段没有说明内容的栅格的氧化物。</translation>
    </message>
    <message>
      <source>The oxide to compare.</source>
      <translation>要比较的氧化物。</translation>
    </message>
    <message>
      <source>The page as PDF, its texts and lines as vectors.</source>
      <translation>PDF 页面，其文字和线条为矢量。</translation>
    </message>
    <message>
      <source>The page as picture.</source>
      <translation>图片页面。</translation>
    </message>
    <message>
      <source>The parent does not list training stations that are known here: all stations of the bundled table pin the correction, whether it saw them or not.</source>
      <translation>原模型没有列出这里已知的训练站点：内置表中的所有站点固定校正，不论模型是否见过。</translation>
    </message>
    <message>
      <source>The parent's file carries no held-out predictions: its sigma stands for its errors at the old stations, and the figures bound the harm from above.</source>
      <translation>原模型的文件不含留出预测：以其 sigma 代表它在旧站点处的误差，数值从上方限定损害。</translation>
    </message>
    <message>
      <source>The parent’s file carries no predictions with missions left out, so that the error there is not known.</source>
      <translation>原模型的文件不含留出任务的预测，因此那里的误差未知。</translation>
    </message>
    <message>
      <source>The picture {path} cannot be written ({reason}): choose another place.</source>
      <translation>无法写出图片 {path}（{reason}）：请另选位置。</translation>
    </message>
    <message>
      <source>The pins cannot be written into the project.</source>
      <translation>无法将固定点写入工程。</translation>
    </message>
    <message>
      <source>The plugin cannot check that the bands you choose are the right ones.</source>
      <translation>插件无法检查您选择的波段是否正确。</translation>
    </message>
    <message>
      <source>The points as CSV.</source>
      <translation>各点的 CSV。</translation>
    </message>
    <message>
      <source>The polygon {0} reaches beyond the map of its own CRS, e.g. over the horizon of a globe or beyond a pole: cut it there, or draw it in another CRS.</source>
      <translation>多边形 {0} 超出其自身坐标系的地图，例如越过球面的地平线或越过极点：请在那里剪裁，或用其他坐标系绘制。</translation>
    </message>
    <message>
      <source>The polygons with mean, standard error, median, spread and percentiles of each quantity.</source>
      <translation>多边形，含每个量的平均值、标准误差、中位数、离散和百分位数。</translation>
    </message>
    <message>
      <source>The prediction is higher on {0} of the picture, up to {1} {2} apart.</source>
      <translation>图中 {0} 的预测较高，相差最多 {1} {2}。</translation>
    </message>
    <message>
      <source>The prediction moves {0} farthest: {1} {2}, {3} {4} {5}.</source>
      <translation>预测移动最远的是 {0}：{1} {2}，{3} {4} {5}。</translation>
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
      <source>The project does not say which raster this live map shows: add a new one.</source>
      <translation>工程没有说明此实时图显示哪个栅格：请添加新的实时图。</translation>
    </message>
    <message>
      <source>The project has no predicted map: run 'Predict oxides', or open its result.</source>
      <translation>工程中没有预测图：请运行“预测氧化物”，或打开其结果。</translation>
    </message>
    <message>
      <source>The raster does not say what its model was trained on, so this agreement may be fitted: do not read it as validation.</source>
      <translation>栅格没有说明其模型用什么训练，因此这种一致性可能是拟合的：不要把它当作验证。</translation>
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
      <source>The raster is no plain observation.</source>
      <translation>该栅格不是普通的观测值。</translation>
    </message>
    <message>
      <source>The raster lies off the map of its own projection: check its CRS.</source>
      <translation>栅格位于其自身投影的地图之外：请检查其坐标系。</translation>
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
      <source>The raster's band of the chosen oxide; leave empty to find it by its description.</source>
      <translation>栅格中所选氧化物的波段；留空则按描述查找。</translation>
    </message>
    <message>
      <source>The reading was cancelled.</source>
      <translation>读取已取消。</translation>
    </message>
    <message>
      <source>The reference is the mean spectrum of all training stations: bars say what makes this place other than the average sampled soil.</source>
      <translation>参照是所有训练站点的平均光谱：条形说明该处与平均采样月壤有何不同。</translation>
    </message>
    <message>
      <source>The reference is the median spectrum of the raster: bars say what makes this place other than its surroundings.</source>
      <translation>参照是栅格的中位光谱：条形说明该处与周围有何不同。</translation>
    </message>
    <message>
      <source>The reference of each place is the mean spectrum of its three nearest stations: bars say what makes this place other than the sampled soils most like it.</source>
      <translation>每处的参照是其三个最近站点的平均光谱：条形说明该处与最相似的采样月壤有何不同。</translation>
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
      <source>The region holds more than {most} pixels: brush a smaller region, or save a mask raster.</source>
      <translation>该区域的像元多于 {most} 个：请刷选较小的区域，或保存掩膜栅格。</translation>
    </message>
    <message>
      <source>The region holds no pixel.</source>
      <translation>该区域中没有像元。</translation>
    </message>
    <message>
      <source>The region's pixels form more than {most} patches: brush a larger region, or save a mask raster.</source>
      <translation>该区域的像元形成多于 {most} 块：请刷选较大的区域，或保存掩膜栅格。</translation>
    </message>
    <message>
      <source>The row below the header gives {0} as the unit of {1}, which is not understood: write wt%, ppm, g/kg or fraction, for coordinates degrees, and convert the numbers if they are in another.</source>
      <translation>表头下一行将 {0} 作为 {1} 的单位，无法理解：请写 wt%、ppm、g/kg 或 fraction，坐标写 degrees；若数值采用其他单位，请先换算。</translation>
    </message>
    <message>
      <source>The same and the answer as JSON; docs/report_schema.md describes both.</source>
      <translation>同样内容及回答的 JSON；两者的说明见 docs/report_schema.md。</translation>
    </message>
    <message>
      <source>The same as CSV.</source>
      <translation>同样内容的 CSV。</translation>
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
      <source>The selected line has several parts: select a line of one part.</source>
      <translation>选中的线有多个部分：请选中只有一个部分的线。</translation>
    </message>
    <message>
      <source>The selection cannot be placed on the map's CRS ({reason}).</source>
      <translation>无法将所选区域转换到地图坐标系（{reason}）。</translation>
    </message>
    <message>
      <source>The sensor of {layer} is not recognised: set its contrast in the layer's properties.</source>
      <translation>无法识别 {layer} 的传感器：请在图层属性中设置其对比度。</translation>
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
      <source>The smaller residual at the new samples is fitted, not validated.</source>
      <translation>新样品处较小的残差是拟合的，未经验证。</translation>
    </message>
    <message>
      <source>The spectra have different wavelengths, and an ENVI spectral library has one list for all: write a table (.csv), or spectra of one model or sensor at a time.</source>
      <translation>各光谱的波长不同，而 ENVI 光谱库只有一份共用的波长列表：请写为表格（.csv），或每次只保存一种模型或传感器的光谱。</translation>
    </message>
    <message>
      <source>The spectra have no band at {0} nm.</source>
      <translation>光谱中没有 {0} nm 的波段。</translation>
    </message>
    <message>
      <source>The spectra {0} cannot be read ({1}): check the path.</source>
      <translation>无法读取光谱 {0}（{1}）：请检查路径。</translation>
    </message>
    <message>
      <source>The spectrum that a place is compared with. For a model whose bands the stations do not have it is the median of the raster.</source>
      <translation>用来与某一位置比较的光谱。若站点没有模型所需的波段，则为栅格的中位数。</translation>
    </message>
    <message>
      <source>The standard deviation tells how much the pixels differ.</source>
      <translation>标准差说明像元之间相差多少。</translation>
    </message>
    <message>
      <source>The standard error is that of the mean as an estimate of the region’s true mean composition.</source>
      <translation>标准误差是以平均值估计区域真实平均成分的误差。</translation>
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
      <source>The style {0} is yours and stays as it is.</source>
      <translation>样式 {0} 是您自己的，保持不变。</translation>
    </message>
    <message>
      <source>The table names the quality of each prediction.</source>
      <translation>表中给出每个预测的质量。</translation>
    </message>
    <message>
      <source>The table of all sites marks every site outside.</source>
      <translation>所有采样点的表标出每个位于区间之外的采样点。</translation>
    </message>
    <message>
      <source>The table of in-situ sites {0} cannot be read: {1}.</source>
      <translation>无法读取就地分析采样点表 {0}：{1}。</translation>
    </message>
    <message>
      <source>The table {table} of {path} stays as it was, because the new one cannot be written there: {reason}.</source>
      <translation>{path} 的表 {table} 保持原样，因为无法在那里写入新表：{reason}。</translation>
    </message>
    <message>
      <source>The wavelengths of {0} ({1} nm) are not those of {2}: formulas of one sensor give wrong numbers on another's reflectance, and there are none here for others.</source>
      <translation>{0} 的波长（{1} nm）不是 {2} 的波长：一种传感器的公式用于另一种传感器的反射率会得到错误的数值，此处也没有其他传感器的公式。</translation>
    </message>
    <message>
      <source>The whole raster</source>
      <translation>整个栅格</translation>
    </message>
    <message>
      <source>The window of {0} pixels must be odd and positive, e.g. 3.</source>
      <translation>{0} 像元的窗口必须为正奇数，例如 3。</translation>
    </message>
    <message>
      <source>The {0} largest of {1} regions are shown; the CSV table holds all.</source>
      <translation>显示 {1} 个区域中最大的 {0} 个；CSV 表含全部。</translation>
    </message>
    <message>
      <source>The {0} largest regions are compared here; the CSV table of differences holds more.</source>
      <translation>这里比较最大的 {0} 个区域；差异的 CSV 表含更多。</translation>
    </message>
    <message>
      <source>The {0} {1} cannot be read ({2}): check the path.</source>
      <translation>无法读取 {0} {1}（{2}）：请检查路径。</translation>
    </message>
    <message>
      <source>The {0} {1} cannot be written ({2}): check that the folder is writable, the disk has space, and neither another program nor a layer of an open project holds the file (remove the layer, or give another name).</source>
      <translation>无法写出 {0} {1}（{2}）：请检查文件夹是否可写、磁盘是否有空间，以及文件是否被其他程序或打开的工程中的图层占用（移除该图层，或另取名称）。</translation>
    </message>
    <message>
      <source>Their root mean square is {0}; well calibrated, about 1.</source>
      <translation>其均方根为 {0}；校准良好时约为 1。</translation>
    </message>
    <message>
      <source>There is already a model named {name} ({path}): remove it first, or rename the file.</source>
      <translation>已有名为 {name} 的模型（{path}）：请先将其移除，或重命名文件。</translation>
    </message>
    <message>
      <source>There is no file {0}: check the path of the spectra.</source>
      <translation>没有文件 {0}：请检查光谱的路径。</translation>
    </message>
    <message>
      <source>There is no model named {name}.</source>
      <translation>没有名为 {name} 的模型。</translation>
    </message>
    <message>
      <source>There is no model {0}: give one of {1}, or the path of an .onnx file.</source>
      <translation>没有模型 {0}：请给出 {1} 之一，或 .onnx 文件的路径。</translation>
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
      <source>There is no polygon to summarise: choose a layer of polygons.</source>
      <translation>没有可汇总的多边形：请选择多边形图层。</translation>
    </message>
    <message>
      <source>There is no reflectance raster: add one, or choose it on the page 'Predict'.</source>
      <translation>没有反射率栅格：请添加一个，或在“预测”页中选择。</translation>
    </message>
    <message>
      <source>There is no spectrum to write: make or choose one first.</source>
      <translation>没有可写出的光谱：请先生成或选择一条。</translation>
    </message>
    <message>
      <source>These are no new samples; the verdicts do not count them.</source>
      <translation>这些不是新样品；结论不计入它们。</translation>
    </message>
    <message>
      <source>They are in no metric.</source>
      <translation>它们不计入任何指标。</translation>
    </message>
    <message>
      <source>They are marked in the table.</source>
      <translation>它们在表中已标出。</translation>
    </message>
    <message>
      <source>They change by {0} {1} for each {2} measured.</source>
      <translation>每实测 {2}，它们变化 {0} {1}。</translation>
    </message>
    <message>
      <source>They disagree most at {0}.</source>
      <translation>两者相差最大处：{0}。</translation>
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
      <source>This file does not describe itself.</source>
      <translation>该文件没有自我说明。</translation>
    </message>
    <message>
      <source>This file has no description: it does not say which bands it takes, in which units, and how well it predicts. It has no uncertainty and no domain.</source>
      <translation>该文件没有描述：没有说明它使用哪些波段、采用什么单位以及预测效果如何。它没有不确定度，也没有适用域。</translation>
    </message>
    <message>
      <source>This is not a validation.</source>
      <translation>这不是验证。</translation>
    </message>
    <message>
      <source>This layer is not a raster file: save it as one first.</source>
      <translation>此图层不是栅格文件：请先另存为文件。</translation>
    </message>
    <message>
      <source>This map has no quality flags</source>
      <translation>该图没有质量标记</translation>
    </message>
    <message>
      <source>This map tells little at a new place: the mean of all soils is as good a guess.</source>
      <translation>此图在新地点参考价值不大：用全部月壤的平均值来猜测也同样好。</translation>
    </message>
    <message>
      <source>This point lies outside {name}: click on the raster.</source>
      <translation>此点位于 {name} 之外：请在栅格上单击。</translation>
    </message>
    <message>
      <source>This scene</source>
      <translation>本景</translation>
    </message>
    <message>
      <source>This scene: from the 2nd to the 98th percentile of each channel, natural-like colours from black to the 99th together. Fixed: the same range for every scene of a sensor, so that pictures of different places can be compared.</source>
      <translation>本景：每个通道从第 2 到第 98 百分位数；近自然色则三个通道一起从黑到第 99 百分位数。固定：同一传感器的每一景采用相同的范围，使不同地点的图像可以比较。</translation>
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
      <source>TiO2 after Lucey 2000</source>
      <translation>Lucey 2000 的 TiO2</translation>
    </message>
    <message>
      <source>TiO2 after Otake 2012</source>
      <translation>Otake 2012 的 TiO2</translation>
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
      <source>Title of the page.</source>
      <translation>页面的标题。</translation>
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
      <source>Training</source>
      <translation>训练</translation>
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
      <source>Tranquillitatis</source>
      <translation>静海</translation>
    </message>
    <message>
      <source>Transect</source>
      <translation>剖面</translation>
    </message>
    <message>
      <source>Trying {package} in a separate Python</source>
      <translation>正在独立的 Python 中试运行 {package}</translation>
    </message>
    <message>
      <source>Two regions of one kind of soil share more; stations of one mission have between 40 and 90 % of the variance in common.</source>
      <translation>同类月壤的两个区域共有更多；同一任务的站点有 40 到 90 % 的方差相同。</translation>
    </message>
    <message>
      <source>Tycho</source>
      <translation>第谷</translation>
    </message>
    <message>
      <source>Uemoto et al.</source>
      <translation>Uemoto et al.</translation>
    </message>
    <message>
      <source>Uncertainty</source>
      <translation>不确定度</translation>
    </message>
    <message>
      <source>Uncertainty and domain</source>
      <translation>不确定度与域</translation>
    </message>
    <message>
      <source>Uncertainty of derived quantities</source>
      <translation>派生量的不确定度</translation>
    </message>
    <message>
      <source>Uncertainty of the map</source>
      <translation>图的不确定度</translation>
    </message>
    <message>
      <source>Uncertainty of the map: {0}.</source>
      <translation>图的不确定度：{0}。</translation>
    </message>
    <message>
      <source>Under {0} it has little or no skill in {1}.</source>
      <translation>在 {0} 以下，它对 {1} 几乎没有或没有预测能力。</translation>
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
      <source>Used (km²)</source>
      <translation>使用（km²）</translation>
    </message>
    <message>
      <source>Used where no polygons are given.</source>
      <translation>在没有给出多边形时使用。</translation>
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
      <source>Validated</source>
      <translation>已验证</translation>
    </message>
    <message>
      <source>Validated figures are of stations that the model had not seen.</source>
      <translation>验证数值是模型没有见过的站点的。</translation>
    </message>
    <message>
      <source>Validated figures are of stations that the model had not seen; they say what to expect elsewhere, and the harshest of them is the nearest to a new kind of place.</source>
      <translation>验证数值是模型没有见过的站点的数值；它们说明在别处应预期什么，其中最严的最接近新类型的地方。</translation>
    </message>
    <message>
      <source>Validated on stations not seen: {protocol}</source>
      <translation>在未参与训练的站点上验证：{protocol}</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>数值</translation>
    </message>
    <message>
      <source>Values in wt%.</source>
      <translation>数值单位为 wt%。</translation>
    </message>
    <message>
      <source>Vector graphics (*.svg)</source>
      <translation>矢量图形 (*.svg)</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>结论</translation>
    </message>
    <message>
      <source>Verdict at new places</source>
      <translation>新地点的结论</translation>
    </message>
    <message>
      <source>Verdicts:</source>
      <translation>结论：</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>Versions</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>Vertical axis</source>
      <translation>纵轴</translation>
    </message>
    <message>
      <source>Virtual raster (.vrt). The tiles must stay where they are, seen from it.</source>
      <translation>虚拟栅格（.vrt）。图幅相对于它的位置不可改变。</translation>
    </message>
    <message>
      <source>W</source>
      <translation>西</translation>
    </message>
    <message>
      <source>Wavelength where curves are 1</source>
      <translation>曲线值为 1 处的波长</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>欢迎</translation>
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
      <source>What each oxide tells at a new place</source>
      <translation>每种氧化物在新地点的参考价值</translation>
    </message>
    <message>
      <source>What it is</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>What the axis shows</source>
      <translation>坐标轴显示什么</translation>
    </message>
    <message>
      <source>What the layer shows at first: an oxide, its sigma, the domain distance, quality flags, or a quantity derived from the oxides. The panel 'Live' changes it.</source>
      <translation>图层起初显示什么：一种氧化物、其 sigma、域距离、质量标记，或由氧化物派生的量。可用“实时”面板更改。</translation>
    </message>
    <message>
      <source>What the numbers of that raster are. Elements are converted by molar mass (Fe x 1.2865 = FeO). Nothing is guessed.</source>
      <translation>该栅格的数值是什么。元素按摩尔质量换算（Fe x 1.2865 = FeO）。不作任何猜测。</translation>
    </message>
    <message>
      <source>What the prediction's numbers are.</source>
      <translation>预测图的数值是什么。</translation>
    </message>
    <message>
      <source>What the raster's numbers are, for one chosen oxide. Elements are converted by molar mass (Fe x 1.2865 = FeO). Nothing is guessed.</source>
      <translation>对所选的一种氧化物，栅格的数值是什么。元素按摩尔质量换算（Fe x 1.2865 = FeO）。不作任何猜测。</translation>
    </message>
    <message>
      <source>What the reference's numbers are. Elements are converted by molar mass (Fe x 1.2865 = FeO). Nothing is guessed: a band that does not say is refused until you do.</source>
      <translation>参照图的数值是什么。元素按摩尔质量换算（Fe x 1.2865 = FeO）。不作任何猜测：波段没有说明时，须由您指明，否则拒绝。</translation>
    </message>
    <message>
      <source>What the sigmas of the map say. New place: the 90 % interval holds where no mission has sampled, as nearly everywhere on the Moon. Near samples: a narrower interval that holds only on the geology around the sampled sites. Both: both, six more bands. A model that gives only one gives that one, and the bands say which.</source>
      <translation>图的 sigma 表示什么。新地点（new place）：90 % 区间在没有任务采样过的地方成立，月球上几乎处处如此。采样地质附近（near samples）：较窄的区间，只在采样点周围的地质上成立。两者（both）：两种都给出，多六个波段。只给出一种的模型就给出那一种，波段会说明是哪一种。</translation>
    </message>
    <message>
      <source>What the sigmas say. New place: the 90 % interval holds where no mission has sampled. Near samples: it holds on the geology around the sampled sites. Both: both.</source>
      <translation>sigma 表示什么。新地点（new place）：90 % 区间在没有任务采样过的地方成立。采样地质附近（near samples）：在采样点周围的地质上成立。两者（both）：两种都给出。</translation>
    </message>
    <message>
      <source>What this can tell</source>
      <translation>它能说明什么</translation>
    </message>
    <message>
      <source>Wheel file of {package}</source>
      <translation>{package} 的 wheel 文件</translation>
    </message>
    <message>
      <source>Where a model does not say how its sigma was calibrated, all of it is common.</source>
      <translation>模型没有说明其 sigma 如何校准时，全部视为共同部分。</translation>
    </message>
    <message>
      <source>Where a thin layer covers other material the two differ, and both may be right.</source>
      <translation>薄层覆盖其他物质时两者不同，而且可能都正确。</translation>
    </message>
    <message>
      <source>Where regions overlap, their errors are taken as those of separate ones.</source>
      <translation>区域重叠时，其误差按分开的区域处理。</translation>
    </message>
    <message>
      <source>Where the reflectance comes from. Recognise tells it by all bands of the raster, its label, its name and the scale of its numbers. A choice that contradicts the raster is refused.</source>
      <translation>反射率来自哪个传感器。“识别”根据栅格的全部波段、标签、名称和数值的缩放来判断。与栅格矛盾的选择会被拒绝。</translation>
    </message>
    <message>
      <source>Where the reflectance comes from; a choice against the raster is refused.</source>
      <translation>反射率来自哪个传感器；与栅格矛盾的选择会被拒绝。</translation>
    </message>
    <message>
      <source>Where the residuals lie</source>
      <translation>残差的位置</translation>
    </message>
    <message>
      <source>Where they differ</source>
      <translation>两者的差异位置</translation>
    </message>
    <message>
      <source>Which bands carry the predicted oxides</source>
      <translation>预测的氧化物由哪些波段决定</translation>
    </message>
    <message>
      <source>Which pixels count. The table and the report say how much of each region is left out.</source>
      <translation>哪些像元参与统计。表格和报告会说明每个区域略去了多少。</translation>
    </message>
    <message>
      <source>Which reflectance it takes, in which bands and order, whether it gives wt%, and how well it predicts are not known.</source>
      <translation>它用什么反射率、哪些波段和顺序、是否给出 wt%、预测得有多好，都不清楚。</translation>
    </message>
    <message>
      <source>Whole chart</source>
      <translation>整个图表</translation>
    </message>
    <message>
      <source>Whole raster</source>
      <translation>整个栅格</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Why nearly all is common: a model errs on a kind of ground, not in a pixel.</source>
      <translation>为何几乎全部是共同的：模型错在某类地面，而不是某个像元。</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>宽度</translation>
    </message>
    <message>
      <source>Width (km)</source>
      <translation>宽度（km）</translation>
    </message>
    <message>
      <source>Width (nm)</source>
      <translation>宽度（nm）</translation>
    </message>
    <message>
      <source>Width in km over which values are averaged; 0: only the pixels on the line.</source>
      <translation>数值取平均的宽度，单位 km；0：只取线上的像元。</translation>
    </message>
    <message>
      <source>Width of the ground that the spectrometer sees at a time (full width at half maximum of a Gaussian, km); 0 compares each cell for itself. For Lunar Prospector's archived tables about 150; the map must reach far beyond the cells then.</source>
      <translation>谱仪一次看到的地面宽度（高斯函数的半高全宽，km）；0 则逐个单元分别比较。月球勘探者号的存档表约为 150；此时图必须远超出各单元。</translation>
    </message>
    <message>
      <source>Width over which values are averaged</source>
      <translation>数值取平均的宽度</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>窗口</translation>
    </message>
    <message>
      <source>Window (pixels, odd)</source>
      <translation>窗口（像元，奇数）</translation>
    </message>
    <message>
      <source>With</source>
      <translation>软件</translation>
    </message>
    <message>
      <source>With one new place there is nothing to leave out.</source>
      <translation>只有一个新地点时，没有可留出的。</translation>
    </message>
    <message>
      <source>With {0} it cannot be told whether the refined model is better: {1} or more are needed to leave each out in turn.</source>
      <translation>只有 {0}，无法判断改进后的模型是否更好：需要 {1} 个或更多，以便逐个留出。</translation>
    </message>
    <message>
      <source>Without a footprint the map is sharper than the table: boundaries differ for that reason alone.</source>
      <translation>没有考虑视场时，图比表更清晰：仅因此边界就不同。</translation>
    </message>
    <message>
      <source>Without polygons</source>
      <translation>没有多边形时</translation>
    </message>
    <message>
      <source>Worse, and therefore left as the parent gives it: {0}.</source>
      <translation>更差，因此保持原模型的结果：{0}。</translation>
    </message>
    <message>
      <source>Write averages of the spectra into {path}, beside the raster? They take up to {size} MB; the raster itself is not changed. QGIS draws far views from them as well.</source>
      <translation>要将光谱的平均值写入栅格旁的 {path} 吗？最多占用 {size} MB；栅格本身不会改变。QGIS 也用它绘制远景。</translation>
    </message>
    <message>
      <source>Writes the card of a model: sensor and bands, training stations, validated figures beside fitted and published ones, uncertainty and its coverage, domain, known failures, licence, citation, digest. A file that does not describe itself gets a card that says what is unknown. The card is in the log as well, so that no output file is needed.</source>
      <translation>写出模型的说明卡：传感器和波段、训练站点、验证指标与拟合及已发表指标的并列对比、不确定度及其覆盖率、适用域、已知缺陷、许可证、引用、摘要值。没有自我描述的文件，其说明卡会指出哪些未知。说明卡同时写入日志，因此可以不指定输出文件。</translation>
    </message>
    <message>
      <source>Writing the mask raster</source>
      <translation>正在写出掩膜栅格</translation>
    </message>
    <message>
      <source>Writing the table of pixels</source>
      <translation>正在写出像元表格</translation>
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
      <source>about the strength of {0} absorption; weak in mature soil</source>
      <translation>大致为{0}吸收的强度；在成熟月壤中较弱</translation>
    </message>
    <message>
      <source>all</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>all cells</source>
      <translation>所有单元</translation>
    </message>
    <message>
      <source>all longitudes and latitudes</source>
      <translation>所有经纬度</translation>
    </message>
    <message>
      <source>all pixels with a prediction</source>
      <translation>所有有预测值的像元</translation>
    </message>
    <message>
      <source>an image of this kind needs its label or header (.lbl, .lab, .xml or .hdr) of the same name in the same folder: put it there</source>
      <translation>这类影像需要同一文件夹中同名的标签或头文件（.lbl、.lab、.xml 或 .hdr）：请将其放到那里</translation>
    </message>
    <message>
      <source>an image without tiles</source>
      <translation>一个没有分块的影像</translation>
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
      <source>analysed on the Moon (in no metric)</source>
      <translation>在月球上分析（不计入任何指标）</translation>
    </message>
    <message>
      <source>and {0} more</source>
      <translation>及另外 {0} 个</translation>
    </message>
    <message>
      <source>anorthosite, ferroan</source>
      <translation>斜长岩，铁质</translation>
    </message>
    <message>
      <source>anorthosite, magnesian</source>
      <translation>斜长岩，镁质</translation>
    </message>
    <message>
      <source>anorthosite, overlap</source>
      <translation>斜长岩，重叠区</translation>
    </message>
    <message>
      <source>anorthositic norite</source>
      <translation>斜长苏长岩</translation>
    </message>
    <message>
      <source>anorthositic norite, ferroan</source>
      <translation>斜长苏长岩，铁质</translation>
    </message>
    <message>
      <source>anorthositic norite, magnesian</source>
      <translation>斜长苏长岩，镁质</translation>
    </message>
    <message>
      <source>anorthositic norite, overlap</source>
      <translation>斜长苏长岩，重叠区</translation>
    </message>
    <message>
      <source>another {0} ({1}) than this computer ({2})</source>
      <translation>与本机（{2}）不同的 {0}（{1}）</translation>
    </message>
    <message>
      <source>any</source>
      <translation>任意</translation>
    </message>
    <message>
      <source>area</source>
      <translation>面积</translation>
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
      <source>as its author states</source>
      <translation>按作者的说明</translation>
    </message>
    <message>
      <source>as predicted</source>
      <translation>按预测</translation>
    </message>
    <message>
      <source>as stated</source>
      <translation>按说明</translation>
    </message>
    <message>
      <source>as the model's author states it</source>
      <translation>按模型作者的说明</translation>
    </message>
    <message>
      <source>assumed: the band order of the sensor's product</source>
      <translation>假定：按该传感器产品的波段顺序</translation>
    </message>
    <message>
      <source>at a new place</source>
      <translation>在新地点</translation>
    </message>
    <message>
      <source>at a new place and near sampled geology</source>
      <translation>在新地点和在采样地质附近</translation>
    </message>
    <message>
      <source>automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>automatic: none for float32, ZSTD for compact (DEFLATE where GDAL or QGIS has no ZSTD). none is read by every program; a compact map then takes 30 bytes a pixel. ZSTD makes compact maps half as large, and float32 maps a quarter smaller. DEFLATE makes compact maps a little smaller than ZSTD and takes longer, but more programs read it. LERC_ZSTD makes compact maps with all bands a sixth smaller than ZSTD and takes longer; QGIS for macOS and other programs may not read it. Empty parts of a raster take no room.</source>
      <translation>automatic（自动）：float32 不压缩，compact 用 ZSTD（GDAL 或 QGIS 没有 ZSTD 时用 DEFLATE）。none（无，不压缩）可由所有程序读取；此时 compact 图每像元占 30 字节。ZSTD 使 compact 图减小一半，使 float32 图减小四分之一。DEFLATE 使 compact 图比 ZSTD 略小，耗时更长，但能读取它的程序更多。LERC_ZSTD 使含全部波段的 compact 图比 ZSTD 小六分之一，耗时更长；macOS 版 QGIS 和其他程序可能无法读取。栅格的空白部分不占空间。</translation>
    </message>
    <message>
      <source>band: 90 % interval {kind}</source>
      <translation>色带：{kind}的 90 % 区间</translation>
    </message>
    <message>
      <source>better</source>
      <translation>更好</translation>
    </message>
    <message>
      <source>beyond 90 degrees of longitude 0</source>
      <translation>与 0 度经线相距超过 90 度</translation>
    </message>
    <message>
      <source>bias by latitude; {0}</source>
      <translation>按纬度的偏差；{0}</translation>
    </message>
    <message>
      <source>bias by terrane; {0}</source>
      <translation>按地体的偏差；{0}</translation>
    </message>
    <message>
      <source>both</source>
      <translation>两者</translation>
    </message>
    <message>
      <source>box: middle half of the area; line in it: median; thin lines: 5 % to 95 %</source>
      <translation>箱：中间一半的面积；箱中线：中位数；细线：5 % 到 95 %</translation>
    </message>
    <message>
      <source>boxcar</source>
      <translation>矩形</translation>
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
      <source>cannot be checked ({0}): look at the worker's log</source>
      <translation>无法检查（{0}）：请查看该工作进程的日志</translation>
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
      <source>cannot import onnxruntime ({0}): install it in that worker's Python (python3 -m pip install onnxruntime=={1}) and start the worker again</source>
      <translation>无法导入 onnxruntime（{0}）：请在该工作进程的 Python 中安装它（python3 -m pip install onnxruntime=={1}），再重新启动该工作进程</translation>
    </message>
    <message>
      <source>cannot import {0} ({1}): install it in that worker's Python and start the worker again</source>
      <translation>无法导入 {0}（{1}）：请在该工作进程的 Python 中安装它，再重新启动该工作进程</translation>
    </message>
    <message>
      <source>cannot read the model {0} ({1}): {2}</source>
      <translation>无法读取模型 {0}（{1}）：{2}</translation>
    </message>
    <message>
      <source>cannot read the raster {0}: {1}</source>
      <translation>无法读取栅格 {0}：{1}</translation>
    </message>
    <message>
      <source>cannot read the raster {0}: {1}. What it says: {2}</source>
      <translation>无法读取栅格 {0}：{1}。其消息为：{2}</translation>
    </message>
    <message>
      <source>cannot write into the output folder {0} ({1}): let the user of the worker write there, and make room if its disk is full</source>
      <translation>无法写入输出文件夹 {0}（{1}）：请允许运行该工作进程的用户在那里写入；若其磁盘已满，请腾出空间</translation>
    </message>
    <message>
      <source>cells by both values</source>
      <translation>按两个数值统计的单元</translation>
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
      <source>colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>column of the pixel</source>
      <translation>像元的列号</translation>
    </message>
    <message>
      <source>column {0} holds an infinite number</source>
      <translation>列 {0} 含有无穷大的数</translation>
    </message>
    <message>
      <source>columns of pixels</source>
      <translation>像元的列数</translation>
    </message>
    <message>
      <source>compact</source>
      <translation>紧凑（compact）</translation>
    </message>
    <message>
      <source>compared with the same pixels as {0}{1}</source>
      <translation>与 {0}{1} 使用相同的像元进行比较</translation>
    </message>
    <message>
      <source>continuum removed (convex hull)</source>
      <translation>去连续统（凸包）</translation>
    </message>
    <message>
      <source>continuum removed (straight line {0}-{1} nm)</source>
      <translation>去连续统（{0}-{1} nm 直线）</translation>
    </message>
    <message>
      <source>data ignore value</source>
      <translation>data ignore value（无效值）</translation>
    </message>
    <message>
      <source>derived from predicted oxides</source>
      <translation>由预测的氧化物派生</translation>
    </message>
    <message>
      <source>difference</source>
      <translation>差值</translation>
    </message>
    <message>
      <source>difference / sigma</source>
      <translation>差值 / sigma</translation>
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
      <source>distance (km)</source>
      <translation>距离（km）</translation>
    </message>
    <message>
      <source>distance along the line (km)</source>
      <translation>沿线距离（km）</translation>
    </message>
    <message>
      <source>distance to the training spectra, not to their geology</source>
      <translation>与训练光谱的距离，而不是与其地质的距离</translation>
    </message>
    <message>
      <source>does not see the output folder {0} as this computer does: put the output on a file system that all workers share, under the same path</source>
      <translation>所见的输出文件夹 {0} 与本机不同：请将输出放在所有工作进程共享的文件系统上，路径相同</translation>
    </message>
    <message>
      <source>domain distance</source>
      <translation>域距离</translation>
    </message>
    <message>
      <source>domain distance (above 1: spectrum unlike all sampled ones)</source>
      <translation>域距离（大于 1：光谱与所有采样光谱都不相似）</translation>
    </message>
    <message>
      <source>driver or libraries are missing or do not fit</source>
      <translation>驱动或库缺失，或不匹配</translation>
    </message>
    <message>
      <source>due to</source>
      <translation>归因于</translation>
    </message>
    <message>
      <source>envi spectral library</source>
      <translation>envi spectral library（ENVI 光谱库）</translation>
    </message>
    <message>
      <source>errors of the oxides taken as independent, first order</source>
      <translation>氧化物的误差视为独立，一阶近似</translation>
    </message>
    <message>
      <source>every cell that is compared</source>
      <translation>所有已比较的单元</translation>
    </message>
    <message>
      <source>few</source>
      <translation>少</translation>
    </message>
    <message>
      <source>file of overviews</source>
      <translation>概览图文件</translation>
    </message>
    <message>
      <source>file type = ENVI Spectral Library</source>
      <translation>file type = ENVI Spectral Library（文件类型：ENVI 光谱库）</translation>
    </message>
    <message>
      <source>filters, scale and codes: MI_MAP product labels, versions 2 and 3 (JAXA)</source>
      <translation>滤光片、缩放和代码：MI_MAP 产品标签，第 2 和第 3 版（JAXA）</translation>
    </message>
    <message>
      <source>finds another raster under {0} (bands, rows, columns: {1} there, {2} here): {3}</source>
      <translation>在 {0} 找到的是另一个栅格（波段、行、列：那里为 {1}，此处为 {2}）：{3}</translation>
    </message>
    <message>
      <source>fitted (added samples, not validation)</source>
      <translation>拟合（新增样品，不是验证）</translation>
    </message>
    <message>
      <source>fitted (training stations, not validation)</source>
      <translation>拟合（训练站点，不是验证）</translation>
    </message>
    <message>
      <source>fitted line</source>
      <translation>拟合线</translation>
    </message>
    <message>
      <source>float32</source>
      <translation>float32</translation>
    </message>
    <message>
      <source>float32: numbers as the model gives them, 59.5 bytes a pixel with all 14 bands. compact: integers in steps of 0.01 wt% (0.01 for the domain distance; flags as they are), of which the file declares scale and nodata: 16 bytes a pixel with all bands, 9 with the oxides alone, measured on noise like that of real tiles. Numbers differ by 0.005 at most, far less than the noise. QGIS, GDAL and this plugin apply the scale. A program that does not sees 1523 for 15.23 wt%: that is why float32 is the default, so that older scripts go on working. For large maps take compact.</source>
      <translation>float32：模型给出的原数值，全部 14 个波段时每像元 59.5 字节。compact（紧凑）：以 0.01 wt% 为一级的整数（域距离为 0.01；标记不变），文件声明其缩放系数和无效值：全部波段时每像元 16 字节，只有氧化物时 9 字节，在与真实图幅相近的噪声上测得。数值最多相差 0.005，远小于噪声。QGIS、GDAL 和本插件会应用缩放系数。不应用它的程序会把 15.23 wt% 读成 1523：因此默认为 float32，使较旧的脚本仍能使用。大图请用 compact。</translation>
    </message>
    <message>
      <source>form: {0}; constants for MI: {1}, and {2}</source>
      <translation>形式：{0}；MI 的常数：{1} 和 {2}</translation>
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
      <source>further cell</source>
      <translation>另外的单元</translation>
    </message>
    <message>
      <source>gaussian</source>
      <translation>高斯形</translation>
    </message>
    <message>
      <source>given, method unknown</source>
      <translation>已给出，方法未知</translation>
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
      <source>gives {0} of shape {1}, not ({2}, n).</source>
      <translation>给出的 {0} 的形状为 {1}，而不是 ({2}, n)。</translation>
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
      <source>halfway between the averages of highlands (about 6 wt% FeO) and maria (about 16) in Bhatt et al.</source>
      <translation>取 Bhatt 等中高地（FeO 约 6 wt%）与月海（约 16）平均值的中点</translation>
    </message>
    <message>
      <source>has another GDAL than this computer: {0}</source>
      <translation>的 GDAL 与本机不同：{0}</translation>
    </message>
    <message>
      <source>has another version of Lunar Oxide, which cannot be asked ({0}): {1}</source>
      <translation>的 Lunar Oxide 是另一个版本，无法询问（{0}）：{1}</translation>
    </message>
    <message>
      <source>has no Lunar Oxide in its Python: {0}</source>
      <translation>的 Python 中没有 Lunar Oxide：{0}</translation>
    </message>
    <message>
      <source>has no prediction</source>
      <translation>没有预测值</translation>
    </message>
    <message>
      <source>has no workers that can be used ({0} are not): waiting for one</source>
      <translation>没有可以使用的工作进程（{0} 个不能使用）：正在等待</translation>
    </message>
    <message>
      <source>has no workers: waiting for one</source>
      <translation>没有工作进程：正在等待</translation>
    </message>
    <message>
      <source>has only pixels that are left out for their quality flags</source>
      <translation>只有因质量标记而略去的像元</translation>
    </message>
    <message>
      <source>has {0}: install the same there and start the worker again</source>
      <translation>有{0}：请在那里安装相同的版本，再重新启动该工作进程</translation>
    </message>
    <message>
      <source>high-Al</source>
      <translation>高铝</translation>
    </message>
    <message>
      <source>high-Ti</source>
      <translation>高钛</translation>
    </message>
    <message>
      <source>high-Ti, high-Al basalt</source>
      <translation>高钛高铝玄武岩</translation>
    </message>
    <message>
      <source>high-Ti, low-Al basalt</source>
      <translation>高钛低铝玄武岩</translation>
    </message>
    <message>
      <source>how uncertain the maps are is not known</source>
      <translation>图的不确定度未知</translation>
    </message>
    <message>
      <source>implausible oxide sum</source>
      <translation>氧化物总和不合理</translation>
    </message>
    <message>
      <source>in the colour of their flag</source>
      <translation>以标记的颜色显示</translation>
    </message>
    <message>
      <source>input of the model</source>
      <translation>模型的输入</translation>
    </message>
    <message>
      <source>install {0} there, as on this computer, and start the worker again</source>
      <translation>请在那里安装与本机相同的 {0}，再重新启动该工作进程</translation>
    </message>
    <message>
      <source>integrated gradients</source>
      <translation>积分梯度</translation>
    </message>
    <message>
      <source>interpolated between 415 and 750 nm and stretched together, so that hues are as faint as on the Moon</source>
      <translation>在 415 与 750 nm 之间插值，并一起拉伸，使色调与月球上一样淡</translation>
    </message>
    <message>
      <source>interpolated between published station spectra</source>
      <translation>由已发表的站点光谱插值得到</translation>
    </message>
    <message>
      <source>interval wider than all soils</source>
      <translation>区间比所有月壤更宽</translation>
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
      <source>it has no number at {0} nm</source>
      <translation>在 {0} nm 处没有数值</translation>
    </message>
    <message>
      <source>it has no position</source>
      <translation>没有位置</translation>
    </message>
    <message>
      <source>it has no spectrum: give a raster, or the reflectance columns {0}</source>
      <translation>没有光谱：请给出栅格或反射率列 {0}</translation>
    </message>
    <message>
      <source>it has {0}: install the same on all workers and start them again.</source>
      <translation>它有{0}：请在所有工作进程上安装相同的版本并重新启动。</translation>
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
      <source>it is sampled every {0} nm around {1} nm, more coarsely than the band is wide ({2} nm)</source>
      <translation>在 {1} nm 附近每 {0} nm 采样一次，比波段的宽度（{2} nm）更稀疏</translation>
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
      <source>it reaches from {0} to {1} nm, and the band at {2} nm needs {3} to {4} nm</source>
      <translation>其范围为 {0} 至 {1} nm，而 {2} nm 的波段需要 {3} 至 {4} nm</translation>
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
      <source>its bands are called after the filters of {0}</source>
      <translation>其波段以 {0} 的滤光片命名</translation>
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
      <source>its reflectance at {0} nm is {1}, which no surface on the Moon has</source>
      <translation>其 {0} nm 处的反射率为 {1}，月球表面不可能有</translation>
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
      <source>kind of sample</source>
      <translation>样品类型</translation>
    </message>
    <message>
      <source>km at {latitude}</source>
      <translation>km（{latitude}）</translation>
    </message>
    <message>
      <source>known to be new to the model.</source>
      <translation>已知对模型来说是新的。</translation>
    </message>
    <message>
      <source>larger marks are larger differences</source>
      <translation>标记越大，差值越大</translation>
    </message>
    <message>
      <source>latitude</source>
      <translation>纬度</translation>
    </message>
    <message>
      <source>leave-one-mission-out</source>
      <translation>留一任务法</translation>
    </message>
    <message>
      <source>less Al₂O₃</source>
      <translation>Al₂O₃ 更少</translation>
    </message>
    <message>
      <source>less CaO</source>
      <translation>CaO 更少</translation>
    </message>
    <message>
      <source>less FeO</source>
      <translation>FeO 更少</translation>
    </message>
    <message>
      <source>less MgO</source>
      <translation>MgO 更少</translation>
    </message>
    <message>
      <source>less SiO₂</source>
      <translation>SiO₂ 更少</translation>
    </message>
    <message>
      <source>less TiO₂</source>
      <translation>TiO₂ 更少</translation>
    </message>
    <message>
      <source>lies off the raster</source>
      <translation>位于栅格之外</translation>
    </message>
    <message>
      <source>like all others</source>
      <translation>与其他像元相同</translation>
    </message>
    <message>
      <source>line {n}</source>
      <translation>线 {n}</translation>
    </message>
    <message>
      <source>line: one standard deviation of the difference to each side</source>
      <translation>线：差值两侧各一个标准差</translation>
    </message>
    <message>
      <source>longitude</source>
      <translation>经度</translation>
    </message>
    <message>
      <source>low-Al</source>
      <translation>低铝</translation>
    </message>
    <message>
      <source>low-Ti</source>
      <translation>低钛</translation>
    </message>
    <message>
      <source>low-Ti, high-Al basalt</source>
      <translation>低钛高铝玄武岩</translation>
    </message>
    <message>
      <source>low-Ti, low-Al basalt</source>
      <translation>低钛低铝玄武岩</translation>
    </message>
    <message>
      <source>lowers it</source>
      <translation>降低预测</translation>
    </message>
    <message>
      <source>mafic rock</source>
      <translation>镁铁质岩</translation>
    </message>
    <message>
      <source>mafic rock, ferroan</source>
      <translation>镁铁质岩，铁质</translation>
    </message>
    <message>
      <source>mafic rock, magnesian</source>
      <translation>镁铁质岩，镁质</translation>
    </message>
    <message>
      <source>mafic rock, overlap</source>
      <translation>镁铁质岩，重叠区</translation>
    </message>
    <message>
      <source>many cells (logarithmic)</source>
      <translation>多（单元数，对数）</translation>
    </message>
    <message>
      <source>map minus gamma-ray table</source>
      <translation>图减伽马射线表</translation>
    </message>
    <message>
      <source>map range</source>
      <translation>地图范围</translation>
    </message>
    <message>
      <source>maria only</source>
      <translation>仅限月海</translation>
    </message>
    <message>
      <source>maria only; the highlands get numbers without meaning</source>
      <translation>仅限月海；高地得到的数值没有意义</translation>
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
      <source>mean</source>
      <translation>平均</translation>
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
      <source>mean {0} ± {1} {2}, median {3}, quartiles {4} and {5}</source>
      <translation>平均 {0} ± {1} {2}，中位数 {3}，四分位数 {4} 和 {5}</translation>
    </message>
    <message>
      <source>measured</source>
      <translation>实测</translation>
    </message>
    <message>
      <source>measured against predicted</source>
      <translation>实测与预测</translation>
    </message>
    <message>
      <source>measured {0} ({1})</source>
      <translation>实测 {0}（{1}）</translation>
    </message>
    <message>
      <source>median</source>
      <translation>中位数</translation>
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
      <source>mission</source>
      <translation>任务</translation>
    </message>
    <message>
      <source>model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>model card</source>
      <translation>模型说明卡</translation>
    </message>
    <message>
      <source>more Al₂O₃</source>
      <translation>Al₂O₃ 更多</translation>
    </message>
    <message>
      <source>more CaO</source>
      <translation>CaO 更多</translation>
    </message>
    <message>
      <source>more FeO</source>
      <translation>FeO 更多</translation>
    </message>
    <message>
      <source>more MgO</source>
      <translation>MgO 更多</translation>
    </message>
    <message>
      <source>more SiO₂</source>
      <translation>SiO₂ 更多</translation>
    </message>
    <message>
      <source>more TiO₂</source>
      <translation>TiO₂ 更多</translation>
    </message>
    <message>
      <source>more than 64 images</source>
      <translation>超过 64 个影像</translation>
    </message>
    <message>
      <source>name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>names and limits: {0}; diagram of Mg#: {1}</source>
      <translation>名称与界限：{0}；Mg# 图：{1}</translation>
    </message>
    <message>
      <source>natural_{0}</source>
      <translation>natural_{0}</translation>
    </message>
    <message>
      <source>near sampled geology</source>
      <translation>在采样地质附近</translation>
    </message>
    <message>
      <source>near samples</source>
      <translation>采样地质附近</translation>
    </message>
    <message>
      <source>nearest band, does not fit</source>
      <translation>最接近的波段，不适合</translation>
    </message>
    <message>
      <source>nearest station {number}:</source>
      <translation>最近站点 {number}：</translation>
    </message>
    <message>
      <source>nearest stations</source>
      <translation>最近站点</translation>
    </message>
    <message>
      <source>need 95 percent of resamples of at least {0} new places, worse also follows when the cross-validated error at the old stations grows by more than 2 percent;</source>
      <translation>需要至少 {0} 个新地点的 95 % 重采样，当旧站点处的交叉验证误差增大超过 2 % 时也为更差；</translation>
    </message>
    <message>
      <source>nested leave-one-out</source>
      <translation>嵌套留一法</translation>
    </message>
    <message>
      <source>new place</source>
      <translation>新地点</translation>
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
      <source>no mission</source>
      <translation>没有任务</translation>
    </message>
    <message>
      <source>no model is for {0}</source>
      <translation>没有适用于 {0} 的模型</translation>
    </message>
    <message>
      <source>no model or formula here holds for it; use MI_MAP tiles or a Clementine UVVIS mosaic of the same place</source>
      <translation>此处没有适用于它的模型或公式；请使用同一地点的 MI_MAP 图幅或 Clementine UVVIS 镶嵌图</translation>
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
      <source>no prediction here</source>
      <translation>此处没有预测</translation>
    </message>
    <message>
      <source>no training station within {0} km (nearest: {1}, {2} km)</source>
      <translation>{0} km 以内没有训练站点（最近：{1}，{2} km）</translation>
    </message>
    <message>
      <source>no valid prediction within its area (no data)</source>
      <translation>其范围内没有有效的预测（无数据）</translation>
    </message>
    <message>
      <source>no valid prediction within {0} x {1} pixels (no data)</source>
      <translation>{0} x {1} 像元内没有有效的预测（无数据）</translation>
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
      <source>none: each cell for itself</source>
      <translation>无：每个单元分别比较</translation>
    </message>
    <message>
      <source>none: the file tells no training range</source>
      <translation>无：文件未给出训练范围</translation>
    </message>
    <message>
      <source>noritic anorthosite</source>
      <translation>苏长斜长岩</translation>
    </message>
    <message>
      <source>noritic anorthosite, ferroan</source>
      <translation>苏长斜长岩，铁质</translation>
    </message>
    <message>
      <source>noritic anorthosite, magnesian</source>
      <translation>苏长斜长岩，镁质</translation>
    </message>
    <message>
      <source>noritic anorthosite, overlap</source>
      <translation>苏长斜长岩，重叠区</translation>
    </message>
    <message>
      <source>normal quantile</source>
      <translation>正态分位数</translation>
    </message>
    <message>
      <source>not a little-endian TIFF</source>
      <translation>不是小端 TIFF</translation>
    </message>
    <message>
      <source>not at all</source>
      <translation>不显示</translation>
    </message>
    <message>
      <source>not compared</source>
      <translation>未比较</translation>
    </message>
    <message>
      <source>not explained by bands</source>
      <translation>波段未能解释的部分</translation>
    </message>
    <message>
      <source>not in the bundled table</source>
      <translation>不在内置表中</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>not seen</source>
      <translation>未参与训练</translation>
    </message>
    <message>
      <source>not seen (validation)</source>
      <translation>未参与训练（验证）</translation>
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
      <source>note</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>number of pixels</source>
      <translation>像元数</translation>
    </message>
    <message>
      <source>number of pixels read</source>
      <translation>读取的像元数</translation>
    </message>
    <message>
      <source>number of valid pixels</source>
      <translation>有效像元数</translation>
    </message>
    <message>
      <source>numbers from {0} to {1} for {2}</source>
      <translation>{2} 的数值从 {0} 到 {1}</translation>
    </message>
    <message>
      <source>occlusion</source>
      <translation>遮挡法</translation>
    </message>
    <message>
      <source>of the training.</source>
      <translation>属于训练。</translation>
    </message>
    <message>
      <source>only pixels without quality flag</source>
      <translation>仅限无质量标记的像元</translation>
    </message>
    <message>
      <source>outside physical range</source>
      <translation>超出物理范围</translation>
    </message>
    <message>
      <source>outside the 90 % interval</source>
      <translation>在 90 % 区间之外</translation>
    </message>
    <message>
      <source>outside the ellipse, less FeO</source>
      <translation>椭圆以外，FeO 较低</translation>
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
      <source>oxides</source>
      <translation>氧化物</translation>
    </message>
    <message>
      <source>oxides that add up to {0}</source>
      <translation>氧化物的总和为 {0}</translation>
    </message>
    <message>
      <source>parent</source>
      <translation>原模型</translation>
    </message>
    <message>
      <source>pictures; no band was measured at this wavelength</source>
      <translation>图像；没有在此波长测量的波段</translation>
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
      <source>pixels on the line</source>
      <translation>线上的像元</translation>
    </message>
    <message>
      <source>pixels whose quality is good</source>
      <translation>质量良好的像元</translation>
    </message>
    <message>
      <source>pixels whose quality is good, or whose spectrum is unlike the training</source>
      <translation>质量良好的像元，以及光谱与训练不相似的像元</translation>
    </message>
    <message>
      <source>pixels with a quality flag, since the map has no quality band</source>
      <translation>带有质量标记的像元，因为该图没有质量波段</translation>
    </message>
    <message>
      <source>polygon {number}</source>
      <translation>多边形 {number}</translation>
    </message>
    <message>
      <source>polygons of the user</source>
      <translation>用户的多边形</translation>
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
      <source>predicted</source>
      <translation>预测</translation>
    </message>
    <message>
      <source>predicted = measured</source>
      <translation>预测 = 实测</translation>
    </message>
    <message>
      <source>predicted for the reference</source>
      <translation>参照光谱的预测值</translation>
    </message>
    <message>
      <source>predicted minus measured</source>
      <translation>预测减实测</translation>
    </message>
    <message>
      <source>predicted {0}</source>
      <translation>预测 {0}</translation>
    </message>
    <message>
      <source>predicted {0} ({1})</source>
      <translation>预测 {0}（{1}）</translation>
    </message>
    <message>
      <source>predicted − measured</source>
      <translation>预测 − 实测</translation>
    </message>
    <message>
      <source>prediction Al₂O₃</source>
      <translation>预测 Al₂O₃</translation>
    </message>
    <message>
      <source>prediction CaO</source>
      <translation>预测 CaO</translation>
    </message>
    <message>
      <source>prediction FeO</source>
      <translation>预测 FeO</translation>
    </message>
    <message>
      <source>prediction MgO</source>
      <translation>预测 MgO</translation>
    </message>
    <message>
      <source>prediction SiO₂</source>
      <translation>预测 SiO₂</translation>
    </message>
    <message>
      <source>prediction TiO₂</source>
      <translation>预测 TiO₂</translation>
    </message>
    <message>
      <source>prediction against reference</source>
      <translation>预测与参照</translation>
    </message>
    <message>
      <source>prediction needs {packages}.</source>
      <translation>预测需要 {packages}。</translation>
    </message>
    <message>
      <source>prediction − reference ({0})</source>
      <translation>预测 − 参照（{0}）</translation>
    </message>
    <message>
      <source>publication</source>
      <translation>文献</translation>
    </message>
    <message>
      <source>published station spectra at single pixels</source>
      <translation>单个像元上为已发表的站点光谱</translation>
    </message>
    <message>
      <source>quality</source>
      <translation>质量</translation>
    </message>
    <message>
      <source>quality flags (0: good)</source>
      <translation>质量标记（0：良好）</translation>
    </message>
    <message>
      <source>raises the prediction</source>
      <translation>提高预测</translation>
    </message>
    <message>
      <source>raster</source>
      <translation>栅格</translation>
    </message>
    <message>
      <source>raster, model and output need the same paths there as on this computer, on a shared file system</source>
      <translation>栅格、模型和输出在那里与本机的路径须相同，并位于共享的文件系统上</translation>
    </message>
    <message>
      <source>red: mature highlands and low-Ti maria, green: fresh iron-bearing soil, blue: high-Ti maria and fresh highlands</source>
      <translation>红：成熟高地和低钛月海；绿：新鲜含铁月壤；蓝：高钛月海和新鲜高地</translation>
    </message>
    <message>
      <source>red: pyroxene, green: olivine, blue: plagioclase (approximately)</source>
      <translation>红：辉石；绿：橄榄石；蓝：斜长石（近似）</translation>
    </message>
    <message>
      <source>reference Al₂O₃</source>
      <translation>参照 Al₂O₃</translation>
    </message>
    <message>
      <source>reference CaO</source>
      <translation>参照 CaO</translation>
    </message>
    <message>
      <source>reference FeO</source>
      <translation>参照 FeO</translation>
    </message>
    <message>
      <source>reference MgO</source>
      <translation>参照 MgO</translation>
    </message>
    <message>
      <source>reference SiO₂</source>
      <translation>参照 SiO₂</translation>
    </message>
    <message>
      <source>reference TiO₂</source>
      <translation>参照 TiO₂</translation>
    </message>
    <message>
      <source>refined</source>
      <translation>改进后</translation>
    </message>
    <message>
      <source>refined: added places left out one at a time</source>
      <translation>改进后：新增地点逐个留出</translation>
    </message>
    <message>
      <source>refined: missions left out of parent and correction</source>
      <translation>改进后：原模型和校正都留出任务</translation>
    </message>
    <message>
      <source>refined: training stations left out of parent and correction</source>
      <translation>改进后：原模型和校正都留出训练站点</translation>
    </message>
    <message>
      <source>reflectance</source>
      <translation>反射率</translation>
    </message>
    <message>
      <source>reflectance (fraction, not percent)</source>
      <translation>反射率（小数，不是百分比）</translation>
    </message>
    <message>
      <source>reflectance / convex hull</source>
      <translation>反射率 / 凸包</translation>
    </message>
    <message>
      <source>reflectance / line 750–1550 nm</source>
      <translation>反射率 / 750–1550 nm 直线</translation>
    </message>
    <message>
      <source>reflectance / reflectance at {wavelength} nm</source>
      <translation>反射率 / {wavelength} nm 的反射率</translation>
    </message>
    <message>
      <source>reflectance / that of {name}</source>
      <translation>反射率 / {name} 的反射率</translation>
    </message>
    <message>
      <source>reflectance at {nm} nm</source>
      <translation>{nm} nm 的反射率</translation>
    </message>
    <message>
      <source>reflectance normalised at {0} nm</source>
      <translation>在 {0} nm 归一化的反射率</translation>
    </message>
    <message>
      <source>reflectance scale factor</source>
      <translation>reflectance scale factor（反射率缩放系数）</translation>
    </message>
    <message>
      <source>reflectance scale factor = 1.0</source>
      <translation>reflectance scale factor = 1.0（反射率缩放系数）</translation>
    </message>
    <message>
      <source>residual / sigma</source>
      <translation>残差 / sigma</translation>
    </message>
    <message>
      <source>residual / uncertainty</source>
      <translation>残差 / 不确定度</translation>
    </message>
    <message>
      <source>residual against domain distance</source>
      <translation>残差与域距离</translation>
    </message>
    <message>
      <source>residual against measured value</source>
      <translation>残差与实测值</translation>
    </message>
    <message>
      <source>row of the pixel</source>
      <translation>像元的行号</translation>
    </message>
    <message>
      <source>row {0} taken as the header</source>
      <translation>以第 {0} 行为表头</translation>
    </message>
    <message>
      <source>rows of pixels</source>
      <translation>像元的行数</translation>
    </message>
    <message>
      <source>same place as training station {0}, within position error</source>
      <translation>在位置误差内与训练站点 {0} 为同一地点</translation>
    </message>
    <message>
      <source>sample site</source>
      <translation>采样点</translation>
    </message>
    <message>
      <source>sampled evenly</source>
      <translation>均匀抽样</translation>
    </message>
    <message>
      <source>samples</source>
      <translation>样品数</translation>
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
      <source>seen</source>
      <translation>参与过训练</translation>
    </message>
    <message>
      <source>seen in training</source>
      <translation>参与过训练</translation>
    </message>
    <message>
      <source>seen in training (fitted)</source>
      <translation>参与过训练（拟合）</translation>
    </message>
    <message>
      <source>seen in training: fitted, not validated</source>
      <translation>参与过训练：拟合值，不是验证</translation>
    </message>
    <message>
      <source>selection in a scatter plot</source>
      <translation>散点图中的选择</translation>
    </message>
    <message>
      <source>shadow</source>
      <translation>阴影</translation>
    </message>
    <message>
      <source>share of the area (%)</source>
      <translation>面积比例（%）</translation>
    </message>
    <message>
      <source>share of the area by difference</source>
      <translation>按差值的面积比例</translation>
    </message>
    <message>
      <source>sigma at a new place</source>
      <translation>新地点的 sigma</translation>
    </message>
    <message>
      <source>sigma near sampled geology</source>
      <translation>采样地质附近的 sigma</translation>
    </message>
    <message>
      <source>sites</source>
      <translation>采样点数</translation>
    </message>
    <message>
      <source>sites not in training</source>
      <translation>未参与训练的采样点</translation>
    </message>
    <message>
      <source>source of the position</source>
      <translation>位置的来源</translation>
    </message>
    <message>
      <source>spread</source>
      <translation>离散</translation>
    </message>
    <message>
      <source>standard error</source>
      <translation>标准误差</translation>
    </message>
    <message>
      <source>station</source>
      <translation>站点</translation>
    </message>
    <message>
      <source>stoichiometry of CaAl2Si2O8</source>
      <translation>CaAl2Si2O8 的化学计量</translation>
    </message>
    <message>
      <source>straight line between two filters, for the eye only</source>
      <translation>两个滤光片之间的直线，仅供目视</translation>
    </message>
    <message>
      <source>strongest band</source>
      <translation>最强波段</translation>
    </message>
    <message>
      <source>table of differences</source>
      <translation>差异表</translation>
    </message>
    <message>
      <source>table of regions</source>
      <translation>区域表</translation>
    </message>
    <message>
      <source>table of sites</source>
      <translation>采样点表</translation>
    </message>
    <message>
      <source>table of terranes</source>
      <translation>地体表</translation>
    </message>
    <message>
      <source>table of the profile</source>
      <translation>剖面表</translation>
    </message>
    <message>
      <source>take a model or formula for Clementine UVVIS; whole mosaics have all five bands</source>
      <translation>请使用 Clementine UVVIS 的模型或公式；完整的镶嵌图含全部五个波段</translation>
    </message>
    <message>
      <source>take a model or formula for MI; whole MI_MAP tiles have all nine bands</source>
      <translation>请使用 MI 的模型或公式；完整的 MI_MAP 图幅含全部九个波段</translation>
    </message>
    <message>
      <source>take the model {0}</source>
      <translation>请采用模型 {0}</translation>
    </message>
    <message>
      <source>tells little at a new place</source>
      <translation>在新地点参考价值不大</translation>
    </message>
    <message>
      <source>tells little: {oxides}</source>
      <translation>参考价值不大：{oxides}</translation>
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
      <source>the 90 % interval at a new place of an oxide that tells something at most places is wider here than the spread of all training soils (1.645 standard deviations to either side)</source>
      <translation>一种在大多数地方有意义的氧化物，其新地点的 90 % 区间在此处比所有训练月壤的离散（两侧各 1.645 个标准差）更宽</translation>
    </message>
    <message>
      <source>the count, type and scale of its bands are those of a product of {0}</source>
      <translation>其波段的数目、类型和缩放与 {0} 的产品相同</translation>
    </message>
    <message>
      <source>the coverage or the footprint</source>
      <translation>覆盖率或视场</translation>
    </message>
    <message>
      <source>the difference is smaller than its uncertainty</source>
      <translation>差异小于其不确定度</translation>
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
      <source>the file says</source>
      <translation>文件如此说明</translation>
    </message>
    <message>
      <source>the file was not written completely</source>
      <translation>文件没有完整写出</translation>
    </message>
    <message>
      <source>the libraries {0} are missing or do not fit</source>
      <translation>库 {0} 缺失，或不匹配</translation>
    </message>
    <message>
      <source>the map gives none; taken as its RMSE against the gamma-ray table over all cells</source>
      <translation>图没有给出；取其与伽马射线表在全部单元上的 RMSE</translation>
    </message>
    <message>
      <source>the map shows nothing of {0}</source>
      <translation>图没有显示 {0} 的任何部分</translation>
    </message>
    <message>
      <source>the map shows {0} of {1}</source>
      <translation>图显示了 {1} 的 {0}</translation>
    </message>
    <message>
      <source>the map's own, {0}</source>
      <translation>图自身的，{0}</translation>
    </message>
    <message>
      <source>the model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>the model file lists no training station of the bundled table, so that all stations are compared, seen in training or not</source>
      <translation>模型文件没有列出内置表中的训练站点，因此比较所有站点，不论是否参与训练</translation>
    </message>
    <message>
      <source>the model file tells no wavelengths: its inputs are taken for the {0} bands of {1}, {2} to {3} nm</source>
      <translation>模型文件没有说明波长：将其输入视为 {1} 的 {0} 个波段，{2} 至 {3} nm</translation>
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
      <source>the same beyond 90 degrees of longitude</source>
      <translation>同上，与 0 度经线相距超过 90 度</translation>
    </message>
    <message>
      <source>the scale may have been applied twice, or this is another quantity; check SCALE</source>
      <translation>缩放系数可能应用了两次，或这是另一种物理量；请检查 SCALE</translation>
    </message>
    <message>
      <source>the sensor of {0} is not recognised</source>
      <translation>{0} 的传感器无法识别</translation>
    </message>
    <message>
      <source>the sites' own reflectance columns</source>
      <translation>采样点自己的反射率列</translation>
    </message>
    <message>
      <source>the six oxides do not add up to 94-102 wt% (the training soils: 97.5-100.2 wt%)</source>
      <translation>六种氧化物之和不在 94-102 wt% 之内（训练月壤为 97.5-100.2 wt%）</translation>
    </message>
    <message>
      <source>the spectrum holds no numbers</source>
      <translation>光谱中没有数值</translation>
    </message>
    <message>
      <source>the spectrum is unlike every training spectrum (domain distance above 1): extrapolation; a spectrum without this flag is like a sampled one, which says nothing of the geology</source>
      <translation>光谱与所有训练光谱都不相似（域距离大于 1）：外推；没有此标记的光谱与采样光谱相似，这与地质情况无关</translation>
    </message>
    <message>
      <source>the uncertainty of the map is not known</source>
      <translation>图的不确定度未知</translation>
    </message>
    <message>
      <source>the uncertainty of {0}</source>
      <translation>{0} 的不确定度</translation>
    </message>
    <message>
      <source>their size says</source>
      <translation>由其大小得知</translation>
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
      <source>these look like unscaled digital numbers; set SCALE ({0}{1})</source>
      <translation>看起来是未缩放的 DN 值；请设置 SCALE（{0}{1}）</translation>
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
      <source>topography cancels to first order; compare within one sensor only</source>
      <translation>地形影响大致抵消；只在同一传感器内比较</translation>
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
      <source>training sites, where no interval is tested</source>
      <translation>训练采样点，不检验任何区间</translation>
    </message>
    <message>
      <source>training station: fitted, no interval is tested here</source>
      <translation>训练站点：属于拟合，此处不检验任何区间</translation>
    </message>
    <message>
      <source>training stations not known</source>
      <translation>训练站点未知</translation>
    </message>
    <message>
      <source>uncertainties</source>
      <translation>不确定度</translation>
    </message>
    <message>
      <source>uncertainty (sigma)</source>
      <translation>不确定度（sigma）</translation>
    </message>
    <message>
      <source>uncertainty of the measurement (sigma)</source>
      <translation>测量的不确定度（sigma）</translation>
    </message>
    <message>
      <source>uncertainty of the position</source>
      <translation>位置的不确定度</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>unknown hash {0} in its RECORD</source>
      <translation>其 RECORD 中有未知的散列 {0}</translation>
    </message>
    <message>
      <source>unknown whether seen</source>
      <translation>是否参与训练未知</translation>
    </message>
    <message>
      <source>unknown whether seen in training</source>
      <translation>是否参与训练未知</translation>
    </message>
    <message>
      <source>unknown: the file does not say</source>
      <translation>未知：文件没有说明</translation>
    </message>
    <message>
      <source>unlike sampled spectra</source>
      <translation>与采样光谱不相似</translation>
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
      <source>very low-Ti</source>
      <translation>极低钛</translation>
    </message>
    <message>
      <source>very low-Ti, high-Al basalt</source>
      <translation>极低钛高铝玄武岩</translation>
    </message>
    <message>
      <source>very low-Ti, low-Al basalt</source>
      <translation>极低钛低铝玄武岩</translation>
    </message>
    <message>
      <source>waits for the answer of its worker(s) ({0})</source>
      <translation>正在等待其工作进程的应答（{0}）</translation>
    </message>
    <message>
      <source>wavelength (nm)</source>
      <translation>波长 (nm)</translation>
    </message>
    <message>
      <source>wavelength units = Nanometers</source>
      <translation>wavelength units = Nanometers（波长单位：纳米）</translation>
    </message>
    <message>
      <source>what the instrument sees around a cell</source>
      <translation>仪器在单元周围所见范围</translation>
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
      <source>where the uncertainty holds</source>
      <translation>不确定度在何处成立</translation>
    </message>
    <message>
      <source>where there are fewer places.</source>
      <translation>，地点更少时。</translation>
    </message>
    <message>
      <source>why this uncertainty</source>
      <translation>采用此不确定度的原因</translation>
    </message>
    <message>
      <source>within 90 degrees of longitude 0</source>
      <translation>与 0 度经线相距 90 度以内</translation>
    </message>
    <message>
      <source>worse</source>
      <translation>更差</translation>
    </message>
    <message>
      <source>writes into a folder {0} that this computer does not see: put the output on a file system that all workers share, under the same path</source>
      <translation>写入的文件夹 {0} 从本机看不到：请将输出放在所有工作进程共享的文件系统上，路径相同</translation>
    </message>
    <message>
      <source>x in the raster's CRS</source>
      <translation>栅格坐标系中的 x</translation>
    </message>
    <message>
      <source>y in the raster's CRS</source>
      <translation>栅格坐标系中的 y</translation>
    </message>
    <message>
      <source>yes, no, or cannot be told.</source>
      <translation>是、否，或无法判断。</translation>
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
      <source>z plot titles = {Wavelength (nm), Reflectance}</source>
      <translation>z plot titles = {Wavelength (nm), Reflectance}（波长，反射率）</translation>
    </message>
    <message>
      <source>zstd has no memory</source>
      <translation>zstd 内存不足</translation>
    </message>
    <message>
      <source>zstd is loaded more than once</source>
      <translation>zstd 被载入多次</translation>
    </message>
    <message>
      <source>zstd is older than 1.4.0</source>
      <translation>zstd 版本早于 1.4.0</translation>
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
      <source>{0} ({1}): 90 % interval {2}.</source>
      <translation>{0}（{1}）：90 % 区间 {2}。</translation>
    </message>
    <message>
      <source>{0} ({1}, n = {2}): mean residual {3} {4}</source>
      <translation>{0}（{1}，n = {2}）：平均残差 {3} {4}</translation>
    </message>
    <message>
      <source>{0} &lt;- band {1}{2}, {3} off, by choice</source>
      <translation>{0} &lt;- 波段 {1}{2}，相差 {3}，依据您的选择</translation>
    </message>
    <message>
      <source>{0} &lt;- band {1}{2}, {3} off, by name</source>
      <translation>{0} &lt;- 波段 {1}{2}，相差 {3}，依据名称</translation>
    </message>
    <message>
      <source>{0} &lt;- band {1}{2}, {3} off, by product order</source>
      <translation>{0} &lt;- 波段 {1}{2}，相差 {3}，依据产品的波段顺序</translation>
    </message>
    <message>
      <source>{0} &lt;- band {1}{2}, {3} off, by wavelength</source>
      <translation>{0} &lt;- 波段 {1}{2}，相差 {3}，依据波长</translation>
    </message>
    <message>
      <source>{0} Largest residual: {1}.</source>
      <translation>{0} 最大残差：{1}。</translation>
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
      <source>{0} They disagree most at {1}.</source>
      <translation>{0} 两者相差最大处：{1}。</translation>
    </message>
    <message>
      <source>{0} This worker is not used; the run goes on.</source>
      <translation>{0} 该工作进程不会使用；运行继续。</translation>
    </message>
    <message>
      <source>{0} against {1}</source>
      <translation>{0} 与 {1}</translation>
    </message>
    <message>
      <source>{0} against {1}, measured and predicted</source>
      <translation>{0} 与 {1}，实测与预测</translation>
    </message>
    <message>
      <source>{0} along the line</source>
      <translation>{0} 沿线</translation>
    </message>
    <message>
      <source>{0} along {1} km: from {2} to {3} {4}; {5} sites near the line.</source>
      <translation>{0} 沿 {1} km：从 {2} 到 {3} {4}；线附近有 {5} 个采样点。</translation>
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
      <source>{0} beside the output has no complete block, is of another request, or its journal is damaged: computing everything anew.</source>
      <translation>输出旁的 {0} 没有完整的数据块、属于另一任务，或其日志已损坏：全部重新计算。</translation>
    </message>
    <message>
      <source>{0} by region</source>
      <translation>各区域的 {0}</translation>
    </message>
    <message>
      <source>{0} can only be read with the Python packages pyogrio and shapely ({1}): install them ('pip install pyogrio shapely'), or save the features as GeoJSON.</source>
      <translation>{0} 只能用 Python 软件包 pyogrio 和 shapely 读取（{1}）：请安装它们（'pip install pyogrio shapely'），或将要素另存为 GeoJSON。</translation>
    </message>
    <message>
      <source>{0} can only be written with the Python packages pyogrio and shapely ({1}): install them ('pip install pyogrio shapely'), or write GeoJSON (.geojson).</source>
      <translation>{0} 只能用 Python 软件包 pyogrio 和 shapely 写出（{1}）：请安装它们（'pip install pyogrio shapely'），或写为 GeoJSON（.geojson）。</translation>
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
      <source>{0} cannot be read ({1}): choose another file.</source>
      <translation>无法读取 {0}（{1}）：请另选文件。</translation>
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
      <source>{0} cannot be written: {1}.</source>
      <translation>无法写出 {0}：{1}。</translation>
    </message>
    <message>
      <source>{0} cannot make the shard {1}: {2}</source>
      <translation>{0} 无法制作分片 {1}：{2}</translation>
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
      <source>{0} cell</source>
      <translation>{0} 个单元</translation>
    </message>
    <message>
      <source>{0} cell of the table, usually {1} degrees high, is compared.</source>
      <translation>比较了表中 {0} 个单元，通常高 {1} 度。</translation>
    </message>
    <message>
      <source>{0} cells</source>
      <translation>{0} 个单元</translation>
    </message>
    <message>
      <source>{0} cells lie outside the chart's range.</source>
      <translation>{0} 个单元位于图的范围之外。</translation>
    </message>
    <message>
      <source>{0} cells of the table, usually {1} degrees high, are compared.</source>
      <translation>比较了表中 {0} 个单元，通常高 {1} 度。</translation>
    </message>
    <message>
      <source>{0} covers at most {1} of a cell of {2}, and {3} are asked for: lower the coverage, or compare with a finer map.</source>
      <translation>{0} 对 {2} 的单元最多覆盖 {1}，而要求为 {3}：请降低覆盖率，或与更细的图比较。</translation>
    </message>
    <message>
      <source>{0} covers at most {1} of {2} of {3}, and {4} are asked for: lower {5}, or check a larger map.</source>
      <translation>{0} 最多覆盖 {3} 的 {2} 的 {1}，而要求 {4}：请降低 {5}，或检验更大的图。</translation>
    </message>
    <message>
      <source>{0} covers only a part of {1}{2}: the means are those of this part.</source>
      <translation>{0} 只覆盖 {1}{2} 的一部分：平均值只是这一部分的平均。</translation>
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
      <source>{0} describes {1}, which is not beside it: put both into one folder.</source>
      <translation>{0} 描述的是 {1}，而后者不在其旁：请将两者放入同一文件夹。</translation>
    </message>
    <message>
      <source>{0} difference</source>
      <translation>{0} 个差异</translation>
    </message>
    <message>
      <source>{0} differences</source>
      <translation>{0} 个差异</translation>
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
      <source>{0} does not begin with the line ENVI: it is no ENVI header.</source>
      <translation>{0} 不以 ENVI 一行开头：它不是 ENVI 头文件。</translation>
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
      <source>{0} does not say how uncertain it is at a new place: the intervals of this map are as the model's author states them.</source>
      <translation>{0} 没有说明它在新地点的不确定度：此图的区间为模型作者所述。</translation>
    </message>
    <message>
      <source>{0} does not say how uncertain it is at a new place: the intervals of this map hold {1}, and are too narrow elsewhere.</source>
      <translation>{0} 没有说明它在新地点的不确定度：此图的区间{1}成立，在别处过窄。</translation>
    </message>
    <message>
      <source>{0} does not say what band {1}{2} holds: choose what its numbers are, e.g. element, wt%.</source>
      <translation>{0} 没有说明波段 {1}{2} 的内容：请选择其数值是什么，例如元素、wt%。</translation>
    </message>
    <message>
      <source>{0} does not tell its CRS, and its coordinates ({1}, {2}) are no degrees: state their lunar CRS (the option that ends in -crs), e.g. IAU_2015:30110 for metres.</source>
      <translation>{0} 没有说明其坐标系，且其坐标（{1}、{2}）不是度数：请说明其月球坐标系（以 -crs 结尾的选项），例如以米为单位时为 IAU_2015:30110。</translation>
    </message>
    <message>
      <source>{0} does not tell the CRS of its coordinates: state the lunar CRS that they have (the option that ends in -crs), e.g. IAU_2015:30100 for degrees.</source>
      <translation>{0} 没有说明其坐标所用的坐标系：请说明其月球坐标系（以 -crs 结尾的选项），例如以度为单位时为 IAU_2015:30100。</translation>
    </message>
    <message>
      <source>{0} does not tell whether it is {1}: choose SENSOR. Formulas of one sensor give wrong numbers on another's reflectance, and there are none here for other sensors.</source>
      <translation>{0} 无法说明它是否为 {1}：请用 SENSOR 选择。一种传感器的公式用于另一种传感器的反射率会得到错误的数值，此处也没有其他传感器的公式。</translation>
    </message>
    <message>
      <source>{0} ends inside the braces of {1}: it is cut.</source>
      <translation>{0} 在 {1} 的花括号内结束：文件不完整。</translation>
    </message>
    <message>
      <source>{0} exists and was not made by this command: choose another name, or remove it yourself.</source>
      <translation>{0} 已存在，且不是由此命令生成的：请另取名称，或自行删除它。</translation>
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
      <source>{0} further cell</source>
      <translation>另外 {0} 个单元</translation>
    </message>
    <message>
      <source>{0} further cells</source>
      <translation>另外 {0} 个单元</translation>
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
      <source>{0} gives no uncertainty near sampled geology: the map has that at a new place.</source>
      <translation>{0} 不给出采样地质附近的不确定度：图中为新地点的不确定度。</translation>
    </message>
    <message>
      <source>{0} gives {1} instead of wavelengths (wavelength units): write them in nanometres or micrometres.</source>
      <translation>{0} 给出的是 {1} 而不是波长（wavelength units）：请以纳米或微米书写。</translation>
    </message>
    <message>
      <source>{0} had to be left out, because the finer map covers too little there.</source>
      <translation>{0} 因较细图在那里覆盖过少而略去。</translation>
    </message>
    <message>
      <source>{0} had to be skipped, with the reason listed below.</source>
      <translation>{0} 被跳过，原因列于下方。</translation>
    </message>
    <message>
      <source>{0} half-width {1}, soils {2}</source>
      <translation>{0} 半宽 {1}，月壤 {2}</translation>
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
      <source>{0} has a CRS that is not of the Moon: state the lunar CRS that its coordinates have (the option that ends in -crs), e.g. IAU_2015:30100 for degrees.</source>
      <translation>{0} 的坐标系不是月球的：请说明其坐标所用的月球坐标系（以 -crs 结尾的选项），例如以度为单位时为 IAU_2015:30100。</translation>
    </message>
    <message>
      <source>{0} has a cell in row {1} between latitudes {2} and {3} and longitudes {4} and {5}: give its least and greatest latitude and longitude in degrees.</source>
      <translation>{0} 第 {1} 行的单元位于纬度 {2} 至 {3}、经度 {4} 至 {5}：请以度给出其最小和最大的纬度与经度。</translation>
    </message>
    <message>
      <source>{0} has a damaged description ({1}); use the file as its author published it.</source>
      <translation>{0} 的描述已损坏（{1}）；请使用作者发布的原始文件。</translation>
    </message>
    <message>
      <source>{0} has a damaged geometry ({1}: {2}).</source>
      <translation>{0} 含有损坏的几何（{1}：{2}）。</translation>
    </message>
    <message>
      <source>{0} has a description that is not UTF-8 text.</source>
      <translation>{0} 的描述不是 UTF-8 文本。</translation>
    </message>
    <message>
      <source>{0} has a header and no cells: choose another table.</source>
      <translation>{0} 只有表头而没有单元：请另选表格。</translation>
    </message>
    <message>
      <source>{0} has a header and no spectra below it: choose another file.</source>
      <translation>{0} 只有表头而其下没有光谱：请另选文件。</translation>
    </message>
    <message>
      <source>{0} has a list in its header that is not of numbers ({1}): correct the header.</source>
      <translation>{0} 的头文件中有一个列表不是数字（{1}）：请更正头文件。</translation>
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
      <source>{0} has a median of {1} at {2} nm, brighter than all soils that {3} was compared with ({4} to {5} with a margin): fresh craters are as bright, and so is reflectance measured in the laboratory (soil 62231: 27-76 % above what the Multiband Imager sees) or by another sensor; check the product before trusting numbers.</source>
      <translation>{0} 在 {2} nm 处的中位数为 {1}，亮于 {3} 所对比过的全部月壤（含余量为 {4} 至 {5}）：新鲜撞击坑有这样亮，实验室测得的反射率（月壤 62231：比多波段成像仪所见高 27-76 %）或其他传感器的反射率也是如此；在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0} has a median of {1} at {2} nm, darker than all soils that {3} was compared with ({4} to {5} with a margin): it may be half in shadow, very dark ash, or scaled wrongly; check the product before trusting numbers.</source>
      <translation>{0} 在 {2} nm 处的中位数为 {1}，暗于 {3} 所对比过的全部月壤（含余量为 {4} 至 {5}）：可能一半在阴影中、是极暗的火山灰，或缩放有误；在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0} has a median of {1} in {2} where the model knows reflectance {3} to {4}: {5}.</source>
      <translation>{0} 在 {2} 的中位数为 {1}，而模型所知的反射率为 {3} 至 {4}：{5}。</translation>
    </message>
    <message>
      <source>{0} has a name that no file can have on Windows</source>
      <translation>{0} 的名称在 Windows 上不能用作文件名</translation>
    </message>
    <message>
      <source>{0} has a wavelength that is no number: correct the file.</source>
      <translation>{0} 中有一个波长不是数字：请更正文件。</translation>
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
      <source>{0} has bands of different data types, for which no overviews can be built: convert it to a GeoTIFF of one data type.</source>
      <translation>{0} 各波段的数据类型不同，无法建立概览图：请转换为单一数据类型的 GeoTIFF。</translation>
    </message>
    <message>
      <source>{0} has both a reflectance scale factor ({1}) and data gain values in its header, and they contradict each other: set SCALE and OFFSET.</source>
      <translation>{0} 的头文件中既有 reflectance scale factor（{1}）又有 data gain values，二者相互矛盾：请设置 SCALE 和 OFFSET。</translation>
    </message>
    <message>
      <source>{0} has cells that overlap: together they are {1} times as large as the Moon. Give each place once.</source>
      <translation>{0} 的单元互相重叠：其总面积是月球的 {1} 倍。每个地方请只给一次。</translation>
    </message>
    <message>
      <source>{0} has data type {1}, which is no real number: save the library as floating point.</source>
      <translation>{0} 的数据类型为 {1}，不是实数：请将光谱库保存为浮点型。</translation>
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
      <source>{0} has neither columns named after wavelengths (r414, 414 nm) nor a first column of wavelengths: name the columns so, or choose another file.</source>
      <translation>{0} 既没有以波长命名的列（r414、414 nm），第一列也不是波长：请如此命名各列，或另选文件。</translation>
    </message>
    <message>
      <source>{0} has no CRS, so no polygon can be placed on it.</source>
      <translation>{0} 没有坐标系，因此无法在其上放置多边形。</translation>
    </message>
    <message>
      <source>{0} has no CRS, so nothing can be placed on it: assign the lunar CRS of its coordinates (in QGIS: layer properties, Source; command line: --crs), e.g. IAU_2015:30100 for degrees or IAU_2015:30110 for metres.</source>
      <translation>{0} 没有坐标系，无法在其上定位：请指定其坐标所用的月球坐标系（QGIS：图层属性，数据源；命令行：--crs），例如以度为单位的 IAU_2015:30100 或以米为单位的 IAU_2015:30110。</translation>
    </message>
    <message>
      <source>{0} has no band at {1} nm, which these colours need: choose another composite, or a raster with this band.</source>
      <translation>{0} 没有这些颜色所需的 {1} nm 波段：请选择其他合成方式，或含此波段的栅格。</translation>
    </message>
    <message>
      <source>{0} has no band described as an oxide, like {1}: choose a raster made by 'Predict oxides', or say which oxide its band holds and what the numbers are.</source>
      <translation>{0} 没有像 {1} 那样描述为氧化物的波段：请选择由“预测氧化物”生成的栅格，或指明其波段含哪种氧化物以及数值是什么。</translation>
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
      <source>{0} has no column named after an oxide or element: name them like FeO or Ti_ppm.</source>
      <translation>{0} 没有以氧化物或元素命名的列：请按 FeO 或 Ti_ppm 的形式命名。</translation>
    </message>
    <message>
      <source>{0} has no column of reflectance beside its wavelengths.</source>
      <translation>{0} 除波长外没有反射率列。</translation>
    </message>
    <message>
      <source>{0} has no column of {1}: choose one of {2}.</source>
      <translation>{0} 没有 {1} 列：请从 {2} 中选择。</translation>
    </message>
    <message>
      <source>{0} has no column with the {1}ern bound of its cells: name the columns min_lat, max_lat, min_lon and max_lon (degrees), and the oxides like FeO or Ti_ppm.</source>
      <translation>{0} 没有给出单元的 {1} 边界的列：请将各列命名为 min_lat、max_lat、min_lon 和 max_lon（度），氧化物按 FeO 或 Ti_ppm 的形式命名。</translation>
    </message>
    <message>
      <source>{0} has no field {1}: it has {2}.</source>
      <translation>{0} 没有字段 {1}：它有 {2}。</translation>
    </message>
    <message>
      <source>{0} has no georeference: neither the file nor one beside it says where its pixels lie, and a CRS alone cannot. Open the product's own label, or georeference it first (in QGIS: Layer, Georeferencer).</source>
      <translation>{0} 没有地理参考：文件本身和旁边的文件都没有说明像元的位置，仅有坐标系是不够的。请打开产品自带的标签文件，或先进行地理配准（QGIS：图层，地理配准器）。</translation>
    </message>
    <message>
      <source>{0} has no header beside it ({1}.hdr): an ENVI spectral library consists of both files.</source>
      <translation>{0} 旁边没有头文件（{1}.hdr）：ENVI 光谱库由两个文件组成。</translation>
    </message>
    <message>
      <source>{0} has no header, and its tenth column ({1} in the middle) is no weight fraction of SiO2 as in Lunar Prospector's archived tables: give a header with the names of the columns.</source>
      <translation>{0} 没有表头，而其第十列（居中值为 {1}）不是月球勘探者号存档表中那样的 SiO2 质量分数：请给出带列名的表头。</translation>
    </message>
    <message>
      <source>{0} has no numbers beside it ({1}.sli): an ENVI spectral library consists of both files.</source>
      <translation>{0} 旁边没有数值文件（{1}.sli）：ENVI 光谱库由两个文件组成。</translation>
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
      <source>{0} has no prediction along this line: draw it over the map.</source>
      <translation>{0} 沿这条线没有预测值：请在图上绘制。</translation>
    </message>
    <message>
      <source>{0} has no quality flags, so that all pixels with a prediction are used, also those in shadow and those unlike all sampled spectra.</source>
      <translation>{0} 没有质量标记，因此使用所有有预测的像元，包括阴影中的像元和光谱与所有采样光谱都不相似的像元。</translation>
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
      <source>{0} has no uncertainties and does not say how uncertain its model is: a ratio is given wherever its denominator is positive, and means little where that is small.</source>
      <translation>{0} 没有不确定度，也没有说明其模型的不确定程度：凡分母为正处都给出比值，而分母较小处的比值意义不大。</translation>
    </message>
    <message>
      <source>{0} has no uncertainties, so that means have no standard errors and differences no significance: predict with a model and a content that give sigma.</source>
      <translation>{0} 没有不确定度，因此平均值没有标准误差，差异没有显著性：请用给出 sigma 的模型和内容预测。</translation>
    </message>
    <message>
      <source>{0} has no uncertainties: a ratio is given where its denominator exceeds the model's usual uncertainty at a new place ({1} {2}).</source>
      <translation>{0} 没有不确定度：分母超过模型在新地点的通常不确定度（{1} {2}）处才给出比值。</translation>
    </message>
    <message>
      <source>{0} has no valid pixel in the cells of {1}: check that it shows the Moon and has the right CRS.</source>
      <translation>{0} 在 {1} 的单元中没有有效像元：请检查它是否显示月球，坐标系是否正确。</translation>
    </message>
    <message>
      <source>{0} has no whole number as {1} in its header ({2}): correct the header.</source>
      <translation>{0} 的头文件中 {1} 不是整数（{2}）：请更正头文件。</translation>
    </message>
    <message>
      <source>{0} has only {1}, from which no product follows: predict with a model that gives more oxides.</source>
      <translation>{0} 只有 {1}，无法派生任何产品：请用给出更多氧化物的模型预测。</translation>
    </message>
    <message>
      <source>{0} has other bands than {1}, or in another order: make a mosaic of maps of one model and one content.</source>
      <translation>{0} 的波段与 {1} 不同，或顺序不同：请用同一模型、同一内容的图镶嵌。</translation>
    </message>
    <message>
      <source>{0} has several bands by its header; a spectral library has one.</source>
      <translation>按其头文件，{0} 有多个波段；光谱库只有一个。</translation>
    </message>
    <message>
      <source>{0} has several layers: name one, as {1}|layername={2} (it has {3}).</source>
      <translation>{0} 有多个图层：请指定其中之一，如 {1}|layername={2}（它有 {3}）。</translation>
    </message>
    <message>
      <source>{0} has spectra of the shape of the soil at {1} with {2} times its reflectance; no two sampled soils differ so in the data of {3}. Ground of this kind may exist, but reflectance of a laboratory, of another sensor or of another calibration looks like this, and the domain distance does not notice it: check the product before trusting numbers.</source>
      <translation>{0} 中有光谱的形状与 {1} 处的月壤相同，而反射率是其 {2} 倍；在 {3} 的数据中没有两种采样月壤如此不同。这种地面可能存在，但实验室、其他传感器或其他定标的反射率也是这样，而域距离察觉不到：在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0} has spectra with medians from {1} to {2}, which are neither reflectance from 0 to 1 nor percent throughout: give SCALE, the reflectance for one step of the numbers, or divide the file by unit.</source>
      <translation>{0} 的光谱中位数从 {1} 到 {2}，既不全是 0 至 1 的反射率，也不全是百分比：请给出 SCALE（数值每一级对应的反射率），或按单位拆分文件。</translation>
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
      <source>{0} has two columns for {1} ({2} and {3}): keep one.</source>
      <translation>{0} 有两列 {1}（{2} 和 {3}）：请只保留一列。</translation>
    </message>
    <message>
      <source>{0} has wavelengths that are not of reflected light ({1}): state their unit, nm or µm, in the header.</source>
      <translation>{0} 的波长不是反射光的波长（{1}）：请在头文件中说明其单位，nm 或 µm。</translation>
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
      <source>{0} has {1} in its quality band, which is no sum of flags: declare the scale with which band {2} was stored (scale 1 if its numbers are the flags).</source>
      <translation>{0} 的质量波段中有 {1}，它不是标记之和：请声明存储波段 {2} 所用的缩放系数（若其数值就是标记，则为 1）。</translation>
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
      <source>{0} has {1} rows, and its label {2} says {3}: download the file again.</source>
      <translation>{0} 有 {1} 行，而其标签 {2} 说有 {3} 行：请重新下载该文件。</translation>
    </message>
    <message>
      <source>{0} has {1} times the reflectance at {2} nm that {3} has at the station(s) {4}: this is another calibration, another sensor, or reflectance measured in the laboratory, and what a model for this sensor makes of it is wrong. Check the product before trusting numbers.</source>
      <translation>{0} 在 {2} nm 的反射率是 {3} 在站点 {4} 处的 {1} 倍：这是另一种定标、另一种传感器，或在实验室测得的反射率，该传感器的模型由此得出的结果是错误的。在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0} has {1} wt% {2}: give 0 to 100 wt%.</source>
      <translation>{0} 的 {2} 为 {1} wt%：请给出 0 至 100 wt%。</translation>
    </message>
    <message>
      <source>{0} holds lines: give points, polygons, or a table.</source>
      <translation>{0} 含有线：请给出点、多边形或表格。</translation>
    </message>
    <message>
      <source>{0} holds no numbers of reflectance: choose another file.</source>
      <translation>{0} 中没有反射率数值：请另选文件。</translation>
    </message>
    <message>
      <source>{0} holds no {1}: choose another file.</source>
      <translation>{0} 不含 {1}：请另选文件。</translation>
    </message>
    <message>
      <source>{0} holds numbers that are no amounts in {1} of {2} when taken as {3}: choose what they are, and their scale.</source>
      <translation>{0} 按 {3} 解释时，其中的数值不是以 {1} 为单位的 {2} 含量：请选择其含义和缩放。</translation>
    </message>
    <message>
      <source>{0} holds numbers that are no amounts in {1} of {2} when taken as {3}: choose what they are.</source>
      <translation>{0} 中有些数值按 {3} 解释时不是以 {1} 为单位的 {2} 含量：请选择它们是什么。</translation>
    </message>
    <message>
      <source>{0} holds only pixels without a fault, so that the others cannot be used: predict again with all content.</source>
      <translation>{0} 只含没有缺陷的像元，因此无法使用其他像元：请以全部内容（all）重新预测。</translation>
    </message>
    <message>
      <source>{0} holds several rasters (subdatasets), not one: </source>
      <translation>{0} 含有多个栅格（子数据集）而不是一个：</translation>
    </message>
    <message>
      <source>{0} holds whole numbers without a declared scale, {1}, which are no amounts in {2}: declare the scale and offset with which they were stored, e.g. with gdal_translate -a_scale 0.01 -a_offset 0.</source>
      <translation>{0} 含有未声明缩放系数的整数（{1}），不是以 {2} 为单位的含量：请声明存储时所用的缩放系数和偏移量，例如用 gdal_translate -a_scale 0.01 -a_offset 0。</translation>
    </message>
    <message>
      <source>{0} holds {1} bytes where its header tells {2}: it is cut, or the header is of another file.</source>
      <translation>{0} 有 {1} 字节，而其头文件说明为 {2}：文件不完整，或头文件属于另一文件。</translation>
    </message>
    <message>
      <source>{0} holds {1} spectra of {2} samples, more than a spectral library may have here ({3} spectra, {4} samples, {5} values): choose another file, or divide it.</source>
      <translation>{0} 有 {1} 条光谱，每条 {2} 个采样，超出此处光谱库的上限（{3} 条光谱、{4} 个采样、{5} 个值）：请另选文件，或将其拆分。</translation>
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
      <source>{0} is a table without geometry: choose another file.</source>
      <translation>{0} 是没有几何的表：请另选文件。</translation>
    </message>
    <message>
      <source>{0} is compressed as in no wheel</source>
      <translation>{0} 的压缩方式不是 wheel 所用的</translation>
    </message>
    <message>
      <source>{0} is empty: choose a table of elements measured from orbit.</source>
      <translation>{0} 是空的：请选择轨道测得的元素表。</translation>
    </message>
    <message>
      <source>{0} is empty: choose a table of sites.</source>
      <translation>{0} 是空的：请选择采样点表。</translation>
    </message>
    <message>
      <source>{0} is empty: choose a table of spectra.</source>
      <translation>{0} 是空的：请选择光谱表。</translation>
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
      <source>{0} is no GeoJSON ({1}: {2}).</source>
      <translation>{0} 不是 GeoJSON（{1}：{2}）。</translation>
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
      <source>{0} is no file of its own, so that overviews cannot lie beside it: save it as a GeoTIFF first.</source>
      <translation>{0} 自身不是文件，概览图无法放在其旁：请先保存为 GeoTIFF。</translation>
    </message>
    <message>
      <source>{0} is no spectral library by its header (file type: {1}): for an image use 'Predict oxides'.</source>
      <translation>按其头文件，{0} 不是光谱库（文件类型：{1}）：对影像请用“预测氧化物”。</translation>
    </message>
    <message>
      <source>{0} is no table of separated values ({1}): check its quotation marks.</source>
      <translation>{0} 不是分隔符表格（{1}）：请检查引号。</translation>
    </message>
    <message>
      <source>{0} is no text: choose a table (CSV), or an ENVI spectral library (.sli).</source>
      <translation>{0} 不是文本：请选择表格（CSV），或 ENVI 光谱库（.sli）。</translation>
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
      <source>{0} is stored in blocks of {1} MB, too large for a live map: convert it to a tiled GeoTIFF, or run 'Predict oxides'.</source>
      <translation>{0} 以 {1} MB 的数据块存储，对实时图过大：请转换为分块的 GeoTIFF，或运行“预测氧化物”。</translation>
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
      <source>{0} is too large for a header: choose another file.</source>
      <translation>{0} 作为头文件过大：请另选文件。</translation>
    </message>
    <message>
      <source>{0} is too large for a table of spectra: divide it.</source>
      <translation>{0} 作为光谱表过大：请将其拆分。</translation>
    </message>
    <message>
      <source>{0} is too large for a {1}: choose another file.</source>
      <translation>{0} 作为{1}过大：请另选文件。</translation>
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
      <source>{0} km (full width at half maximum of a Gaussian)</source>
      <translation>{0} km（高斯函数的半高全宽）</translation>
    </message>
    <message>
      <source>{0} km from training station {1}</source>
      <translation>距训练站点 {1} {0} km</translation>
    </message>
    <message>
      <source>{0} km on the sphere, {1} parts of {2} km; pixels of about {3} km</source>
      <translation>球面上 {0} km，{1} 段，每段 {2} km；像元约 {3} km</translation>
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
      <source>{0} line</source>
      <translation>{0} 条线</translation>
    </message>
    <message>
      <source>{0} lines</source>
      <translation>{0} 条线</translation>
    </message>
    <message>
      <source>{0} lines are shown; the CSV table holds {1} more.</source>
      <translation>显示 {0} 条线；CSV 表另有 {1} 条。</translation>
    </message>
    <message>
      <source>{0} lists {1} wavelengths for {2} samples: correct the header.</source>
      <translation>{0} 为 {2} 个采样列出了 {1} 个波长：请更正头文件。</translation>
    </message>
    <message>
      <source>{0} m from training station {1}, whose published positions differ as much: give position_error_m, or the station's name</source>
      <translation>距训练站点 {1} {0} m，而其已发表的位置相差同样多：请给出 position_error_m 或站点名称</translation>
    </message>
    <message>
      <source>{0} million pixels per second</source>
      <translation>每秒 {0} 百万像元</translation>
    </message>
    <message>
      <source>{0} multiply-adds per pixel</source>
      <translation>每像元 {0} 次乘加</translation>
    </message>
    <message>
      <source>{0} names no CRS that this PROJ knows ({1}): give a code such as IAU_2015:30100, a PROJ string, or WKT.</source>
      <translation>{0} 所写的坐标系本机的 PROJ 不认识（{1}）：请给出如 IAU_2015:30100 的代码、PROJ 字符串或 WKT。</translation>
    </message>
    <message>
      <source>{0} names no table: choose the table itself (.tab).</source>
      <translation>{0} 没有指明表格：请选择表格本身（.tab）。</translation>
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
      <source>{0} new place</source>
      <translation>{0} 个新地点</translation>
    </message>
    <message>
      <source>{0} new places</source>
      <translation>{0} 个新地点</translation>
    </message>
    <message>
      <source>{0} new places were left out one at a time.</source>
      <translation>{0} 个新地点逐个留出。</translation>
    </message>
    <message>
      <source>{0} not seen in training</source>
      <translation>{0} 个未参与训练</translation>
    </message>
    <message>
      <source>{0} of the sites not seen belong to missions with sites seen in training.</source>
      <translation>未参与训练的采样点中有 {0} 个属于含有训练采样点的任务。</translation>
    </message>
    <message>
      <source>{0} of the spectra of {1} are sampled as finely as in a laboratory or by a spectrometer, but {2} knows reflectance of {3} alone: the laboratory sees soil 62231 27-76 % brighter, so that the oxides can be wrong where every flag is good.</source>
      <translation>{1} 的光谱中有 {0} 条的采样与实验室或光谱仪一样密，而 {2} 只了解 {3} 的反射率：实验室测得的 62231 号月壤要亮 27-76 %，因此即使所有标记都良好，氧化物也可能是错的。</translation>
    </message>
    <message>
      <source>{0} of the table, usually {1} degrees high, {2} compared</source>
      <translation>表的 {0}，通常高 {1} 度，已比较 {2}</translation>
    </message>
    <message>
      <source>{0} of the training.</source>
      <translation>{0}属于训练。</translation>
    </message>
    <message>
      <source>{0} of the {1} stations have a spectrum; at least {2} are needed to say which are near.</source>
      <translation>{1} 个站点中有 {0} 个具有光谱；至少需要 {2} 个才能判断远近。</translation>
    </message>
    <message>
      <source>{0} of two maps is compared on {1} of about {2} km.</source>
      <translation>两幅图的 {0} 在 {1} 个约 {2} km 的单元上比较。</translation>
    </message>
    <message>
      <source>{0} of {1} Mpx, {2} Mpx/s, {3} left</source>
      <translation>{0} / {1} Mpx，{2} Mpx/s，剩余 {3}</translation>
    </message>
    <message>
      <source>{0} of {1} between regions {2} significant at {3}, all of them tested together.</source>
      <translation>区域之间的 {1} 个 {0} 中 {2} 在 {3} 水平显著，全部一起检验。</translation>
    </message>
    <message>
      <source>{0} of {1} blocks in {2} are damaged: computing them anew.</source>
      <translation>{2} 的 {1} 个数据块中有 {0} 个损坏：正在重新计算。</translation>
    </message>
    <message>
      <source>{0} of {1} of {2} predicted with {3}.</source>
      <translation>{2}：{1} 中的 {0} 个已用 {3} 预测。</translation>
    </message>
    <message>
      <source>{0} of {1} pixels of {2} hold numbers that are no amounts in {3} and were left out: undeclared nodata, or another unit.</source>
      <translation>{2} 的 {1} 个像元中有 {0} 个的数值不是以 {3} 为单位的含量，已略去：未声明的无效值，或其他单位。</translation>
    </message>
    <message>
      <source>{0} of {1} pixels of {2} hold numbers that are no amounts of {3} in {4} and were left out: undeclared nodata, or another unit.</source>
      <translation>{2} 的 {1} 个像元中有 {0} 个的数值不是以 {4} 为单位的 {3} 含量，已略去：未声明的无效值，或其他单位。</translation>
    </message>
    <message>
      <source>{0} of {1} places are shown one by one; the point layer holds all.</source>
      <translation>逐个显示 {1} 处中的 {0} 处；点图层含全部。</translation>
    </message>
    <message>
      <source>{0} of {1} spectra are drawn.</source>
      <translation>绘出 {1} 条光谱中的 {0} 条。</translation>
    </message>
    <message>
      <source>{0} of {1} spectra of {2} predicted with {3}.</source>
      <translation>{2} 的 {1} 条光谱中，有 {0} 条已用 {3} 预测。</translation>
    </message>
    <message>
      <source>{0} of {1} spectrum of {2} predicted with {3}.</source>
      <translation>{2} 的 {1} 条光谱中，有 {0} 条已用 {3} 预测。</translation>
    </message>
    <message>
      <source>{0} pixel</source>
      <translation>{0} 个像元</translation>
    </message>
    <message>
      <source>{0} pixels</source>
      <translation>{0} 个像元</translation>
    </message>
    <message>
      <source>{0} pixels per second</source>
      <translation>每秒 {0} 像元</translation>
    </message>
    <message>
      <source>{0} place</source>
      <translation>{0} 处</translation>
    </message>
    <message>
      <source>{0} place of {1}, model {2}.</source>
      <translation>{1} 的 {0} 处，模型 {2}。</translation>
    </message>
    <message>
      <source>{0} places</source>
      <translation>{0} 处</translation>
    </message>
    <message>
      <source>{0} places of {1}, model {2}.</source>
      <translation>{1} 的 {0} 处，模型 {2}。</translation>
    </message>
    <message>
      <source>{0} prediction is doubtful.</source>
      <translation>{0} 个预测可疑。</translation>
    </message>
    <message>
      <source>{0} predictions are doubtful.</source>
      <translation>{0} 个预测可疑。</translation>
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
      <source>{0} read as ENVI spectral library: {1} spectra, {2} to {3} nm</source>
      <translation>{0} 按 ENVI 光谱库读取：{1} 条光谱，{2} 至 {3} nm</translation>
    </message>
    <message>
      <source>{0} read as a table with one spectrum a column: {1} spectra</source>
      <translation>{0} 按每列一条光谱的表格读取：{1} 条光谱</translation>
    </message>
    <message>
      <source>{0} read as a table with one spectrum a row: {1} spectra at {2} nm</source>
      <translation>{0} 按每行一条光谱的表格读取：{1} 条光谱，位于 {2} nm</translation>
    </message>
    <message>
      <source>{0} read as archived: {1} cells, weight fractions, covariance</source>
      <translation>{0} 按存档格式读取：{1} 个单元、质量分数、协方差</translation>
    </message>
    <message>
      <source>{0} read as {1}, separated by {2}</source>
      <translation>{0} 按 {1} 读取，分隔符为 {2}</translation>
    </message>
    <message>
      <source>{0} region</source>
      <translation>{0} 个区域</translation>
    </message>
    <message>
      <source>{0} region of {1}, {2} pixels in all.</source>
      <translation>{1} 的 {0} 个区域，共 {2} 个像元。</translation>
    </message>
    <message>
      <source>{0} regions</source>
      <translation>{0} 个区域</translation>
    </message>
    <message>
      <source>{0} regions of {1}, {2} pixels in all.</source>
      <translation>{1} 的 {0} 个区域，共 {2} 个像元。</translation>
    </message>
    <message>
      <source>{0} sample site</source>
      <translation>{0} 个采样点</translation>
    </message>
    <message>
      <source>{0} sample sites</source>
      <translation>{0} 个采样点</translation>
    </message>
    <message>
      <source>{0} seen in training</source>
      <translation>{0} 个参与过训练</translation>
    </message>
    <message>
      <source>{0} seen in training, {1} not seen in training</source>
      <translation>{0} 个参与过训练，{1} 个未参与训练</translation>
    </message>
    <message>
      <source>{0} shard(s) of {1} Mpx on {2}.</source>
      <translation>在 {2} 上有 {0} 个分片，每片 {1} Mpx。</translation>
    </message>
    <message>
      <source>{0} site</source>
      <translation>{0} 个采样点</translation>
    </message>
    <message>
      <source>{0} sites</source>
      <translation>{0} 个采样点</translation>
    </message>
    <message>
      <source>{0} sites ({1})</source>
      <translation>{0} 个采样点（{1}）</translation>
    </message>
    <message>
      <source>{0} sites ({1}).</source>
      <translation>{0} 个采样点（{1}）。</translation>
    </message>
    <message>
      <source>{0} speaks of wavenumbers (cm-1): write wavelengths in nm or µm instead.</source>
      <translation>{0} 使用波数（cm-1）：请改写为以 nm 或 µm 为单位的波长。</translation>
    </message>
    <message>
      <source>{0} spectra</source>
      <translation>{0} 条光谱</translation>
    </message>
    <message>
      <source>{0} spectra are listed; the CSV table holds {1} more.</source>
      <translation>列出 {0} 条光谱；CSV 表还有 {1} 条。</translation>
    </message>
    <message>
      <source>{0} spectra in {1} bands: reflectance from {2} to {3}.</source>
      <translation>{1} 个波段的 {0} 条光谱：反射率从 {2} 到 {3}。</translation>
    </message>
    <message>
      <source>{0} spectra of the training.</source>
      <translation>{0} 条光谱属于训练。</translation>
    </message>
    <message>
      <source>{0} spectrum</source>
      <translation>{0} 条光谱</translation>
    </message>
    <message>
      <source>{0} spectrum of the training.</source>
      <translation>{0} 条光谱属于训练。</translation>
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
      <source>{0} variances are negative in the file and count as unknown</source>
      <translation>文件中有 {0} 个方差为负，视为未知</translation>
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
      <source>{0} worker(s) of the cluster have not answered, {1} among them: the run begins without them; look at their logs.</source>
      <translation>集群有 {0} 个工作进程没有应答，其中有 {1}：运行不等待它们就开始；请查看其日志。</translation>
    </message>
    <message>
      <source>{0} worker(s) with {1} thread(s) are ready.</source>
      <translation>{0} 个工作进程（{1} 个线程）已就绪。</translation>
    </message>
    <message>
      <source>{0} would be the header of the library: give the name of its numbers, {1}.sli.</source>
      <translation>{0} 将是光谱库的头文件：请给出其数值文件的名称，{1}.sli。</translation>
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
      <source>{0} × {1} pixels, median of the valid ones (areas: median of the pixels they cover)</source>
      <translation>{0} × {1} 像元，有效像元的中位数（面：其覆盖像元的中位数）</translation>
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
      <source>{0}, corrected near {1}.</source>
      <translation>{0}，在 {1} 附近校正。</translation>
    </message>
    <message>
      <source>{0}, measured now on one thread here</source>
      <translation>{0}，现在在此单线程测得</translation>
    </message>
    <message>
      <source>{0}, predicted blind, minus measured ({1}): {2}.</source>
      <translation>{0}，盲预测减实测（{1}）：{2}。</translation>
    </message>
    <message>
      <source>{0}, refined with {1}</source>
      <translation>{0}，用 {1} 改进</translation>
    </message>
    <message>
      <source>{0}, usually {1} degrees high</source>
      <translation>{0}，通常高 {1} 度</translation>
    </message>
    <message>
      <source>{0}, without {1}</source>
      <translation>{0}，不含 {1}</translation>
    </message>
    <message>
      <source>{0}, without {1}, {2} sites</source>
      <translation>{0}，不含 {1}，{2} 个采样点</translation>
    </message>
    <message>
      <source>{0}: GDAL and QGIS place it at {1}, {2}, which is taken: results lie there, not where QGIS shows the file itself.</source>
      <translation>{0}：GDAL 和 QGIS 将其置于 {1}，{2}，以后者为准：结果位于那里，而不是 QGIS 显示该文件之处。</translation>
    </message>
    <message>
      <source>{0}: attribution by band ({1})</source>
      <translation>{0}：各波段的归因（{1}）</translation>
    </message>
    <message>
      <source>{0}: bias by latitude</source>
      <translation>{0}：按纬度的偏差</translation>
    </message>
    <message>
      <source>{0}: bias by mission</source>
      <translation>{0}：各任务的偏差</translation>
    </message>
    <message>
      <source>{0}: bias by terrane</source>
      <translation>{0}：按地体的偏差</translation>
    </message>
    <message>
      <source>{0}: correct the number, or say with COLUMNS in which unit it is, e.g. {1} (ppm)={2}, {3} (g/kg)={4} or {5} (fraction)={6}</source>
      <translation>{0}：请更正该数，或用 COLUMNS 说明其单位，例如 {1} (ppm)={2}、{3} (g/kg)={4} 或 {5} (fraction)={6}</translation>
    </message>
    <message>
      <source>{0}: difference map</source>
      <translation>{0}：差值图</translation>
    </message>
    <message>
      <source>{0}: histogram of residuals</source>
      <translation>{0}：残差直方图</translation>
    </message>
    <message>
      <source>{0}: histogram of the difference</source>
      <translation>{0}：差值直方图</translation>
    </message>
    <message>
      <source>{0}: histograms of measured and predicted values</source>
      <translation>{0}：实测值与预测值直方图</translation>
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
      <source>{0}: mean {1}, from {2} to {3} {4}, n = {5}, {6}</source>
      <translation>{0}：平均 {1}，从 {2} 到 {3} {4}，n = {5}，{6}</translation>
    </message>
    <message>
      <source>{0}: measured {1} {2}, {3} {4}; predicted {5}, {6} {7}</source>
      <translation>{0}：实测 {1} {2}，{3} {4}；预测 {5}，{6} {7}</translation>
    </message>
    <message>
      <source>{0}: model {1}, formula {2}, measured {3} {4}</source>
      <translation>{0}：模型 {1}，公式 {2}，实测 {3} {4}</translation>
    </message>
    <message>
      <source>{0}: n = {1}, mean {2}, median {3} {4}</source>
      <translation>{0}：n = {1}，平均 {2}，中位数 {3} {4}</translation>
    </message>
    <message>
      <source>{0}: numbers taken as percent, as {1} (medians {2} to {3})</source>
      <translation>{0}：数值按百分比解释，因为{1}（中位数 {2} 至 {3}）</translation>
    </message>
    <message>
      <source>{0}: prediction against reference</source>
      <translation>{0}：预测与参照</translation>
    </message>
    <message>
      <source>{0}: residuals on the Moon</source>
      <translation>{0}：月球上的残差</translation>
    </message>
    <message>
      <source>{0}: single, unusual soils.</source>
      <translation>{0}：单个的特殊月壤。</translation>
    </message>
    <message>
      <source>{0}: taken as deviations and left out: {1}</source>
      <translation>{0}：视为偏差列而略去：{1}</translation>
    </message>
    <message>
      <source>{0}: the interval is wider than the range of all known soils, so that the map tells little there.</source>
      <translation>{0}：区间比所有已知月壤的范围更宽，因此图在那里参考价值不大。</translation>
    </message>
    <message>
      <source>{0}: the map tells little at a new place (90 % interval ±{1} {2} on average; all training soils ±{3}).</source>
      <translation>{0}：图在新地点参考价值不大（90 % 区间平均为 ±{1} {2}；全部训练月壤 ±{3}）。</translation>
    </message>
    <message>
      <source>{0}: the model against {1}</source>
      <translation>{0}：模型与 {1}</translation>
    </message>
    <message>
      <source>{0}: {1} bad bands of the header left out</source>
      <translation>{0}：略去了头文件所列的 {1} 个坏波段</translation>
    </message>
    <message>
      <source>{0}: {1} measured {2}, predicted {3}</source>
      <translation>{0}：{1} 实测 {2}，预测 {3}</translation>
    </message>
    <message>
      <source>{0}: {1} {2} {3} (predicted minus measured), {4}</source>
      <translation>{0}：{1} {2} {3}（预测减实测），{4}</translation>
    </message>
    <message>
      <source>{0}: {1} {2}, {3} km from the line</source>
      <translation>{0}：{1} {2}，距线 {3} km</translation>
    </message>
    <message>
      <source>{0}; about {1} km each</source>
      <translation>{0}；每个约 {1} km</translation>
    </message>
    <message>
      <source>{0}; after refinement never below the parent's, near the added samples with their own uncertainty added</source>
      <translation>{0}；改进后不小于原模型的，在新增样品附近加上其自身的不确定度</translation>
    </message>
    <message>
      <source>{0}; after refinement never below the parent's, wider where the error at missions or added places left out has grown, near the added samples with their own uncertainty added</source>
      <translation>{0}；改进后不小于原模型的，在任务或新增地点留出时误差增大处更宽，在新增样品附近加上其自身的不确定度</translation>
    </message>
    <message>
      <source>{0}; extended by the added spectra</source>
      <translation>{0}；由新增光谱扩展</translation>
    </message>
    <message>
      <source>{0}; the map has only the interval {1}</source>
      <translation>{0}；图只有{1}的区间</translation>
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
      <source>{0}equal values</source>
      <translation>{0}数值相等</translation>
    </message>
    <message>
      <source>{0}has at no sampled soil ({1} to {2}): it may be fresh rock, reflectance of another sensor or of the laboratory, or bands in another order; check the product before trusting numbers.</source>
      <translation>{0}在所有采样月壤上均非如此（{1} 至 {2}）：可能是新鲜岩石、其他传感器或实验室的反射率，或波段顺序不同；在相信数值之前请检查该产品。</translation>
    </message>
    <message>
      <source>{0}mean with its 90 % interval</source>
      <translation>{0}平均及其 90 % 区间</translation>
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
      <source>{count} features of {layer} have no polygon and are left out.</source>
      <translation>{layer} 的 {count} 个要素没有多边形，已略去。</translation>
    </message>
    <message>
      <source>{count} left out, {reason}: {names}.</source>
      <translation>略去 {count} 个，{reason}：{names}。</translation>
    </message>
    <message>
      <source>{count} lines are selected in {layer}: select one.</source>
      <translation>{layer} 中选中了 {count} 条线：请只选一条。</translation>
    </message>
    <message>
      <source>{count} oxides</source>
      <translation>{count} 种氧化物</translation>
    </message>
    <message>
      <source>{count} pins of the project cannot be read and are left out: its file was changed, or a newer version of Lunar Oxide wrote it.</source>
      <translation>工程中有 {count} 个固定点无法读取，已略去：其文件被改动过，或由较新版本的 Lunar Oxide 写出。</translation>
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
      <source>{count} spectra saved.</source>
      <translation>已保存 {count} 条光谱。</translation>
    </message>
    <message>
      <source>{distance:.4g} km along the line</source>
      <translation>沿线 {distance:.4g} km</translation>
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
      <source>{layer} has no {oxides}: choose oxides that it maps ({present}).</source>
      <translation>{layer} 没有 {oxides}：请选择它含有的氧化物（{present}）。</translation>
    </message>
    <message>
      <source>{layer} is a prediction, not reflectance: choose a reflectance raster.</source>
      <translation>{layer} 是预测图，不是反射率：请选择反射率栅格。</translation>
    </message>
    <message>
      <source>{layer} is a prediction, not reflectance: choose the reflectance raster that it was made from ({raster}).</source>
      <translation>{layer} 是预测图，不是反射率：请选择生成它的反射率栅格（{raster}）。</translation>
    </message>
    <message>
      <source>{layer} was made by Lunar Oxide: its maps are in the group '{group}'.</source>
      <translation>{layer} 由 Lunar Oxide 生成：它的各图位于组“{group}”中。</translation>
    </message>
    <message>
      <source>{length:.4g} km, a value every {step:.3g} km; {sites} sites near the line.</source>
      <translation>{length:.4g} km，每 {step:.3g} km 一个值；线附近有 {sites} 个采样点。</translation>
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
      <source>{name} has no band for {quantity}: choose another quantity.</source>
      <translation>{name} 没有 {quantity} 的波段：请选择其他量。</translation>
    </message>
    <message>
      <source>{name} has no band of quality flags: predict again with all content to get them.</source>
      <translation>{name} 没有质量标记的波段：请以全部内容（all）重新预测以得到它。</translation>
    </message>
    <message>
      <source>{name} has no prediction: {reason}.</source>
      <translation>{name} 没有预测：{reason}。</translation>
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
      <source>{name} holds {count} spectra, more than fit on a chart ({most}): use 'Predict spectra' in the toolbox.</source>
      <translation>{name} 有 {count} 条光谱，超出图表的容量（{most}）：请用工具箱中的“预测光谱”。</translation>
    </message>
    <message>
      <source>{name} is no name of a file ({path}): give one, or leave it out.</source>
      <translation>{name} 不是文件名（{path}）：请给出文件名，或略去。</translation>
    </message>
    <message>
      <source>{name} is not a file on a disk: save the prediction as a file first.</source>
      <translation>{name} 不是磁盘上的文件：请先将预测保存为文件。</translation>
    </message>
    <message>
      <source>{name} is too large for polygons: save a mask raster instead.</source>
      <translation>{name} 过大，无法生成多边形：请改为保存掩膜栅格。</translation>
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
      <source>{name}, flagged pixels masked</source>
      <translation>{name}，有标记的像元已屏蔽</translation>
    </message>
    <message>
      <source>{name}, tells little at a new place (±{width:.1f})</source>
      <translation>{name}，在新地点参考价值不大（±{width:.1f}）</translation>
    </message>
    <message>
      <source>{name}, uncertainty at a new place not known</source>
      <translation>{name}，新地点的不确定度未知</translation>
    </message>
    <message>
      <source>{name}, uncertainty not known</source>
      <translation>{name}，不确定度未知</translation>
    </message>
    <message>
      <source>{name}, ±{width:.1f} at a new place</source>
      <translation>{name}，新地点 ±{width:.1f}</translation>
    </message>
    <message>
      <source>{name}: {extent!r} is no extent: give xmin,xmax,ymin,ymax [CRS].</source>
      <translation>{name}：{extent!r} 不是范围：请给出 xmin,xmax,ymin,ymax [CRS]。</translation>
    </message>
    <message>
      <source>{nm} nm</source>
      <translation>{nm} nm</translation>
    </message>
    <message>
      <source>{n} cells compared.</source>
      <translation>比较了 {n} 个单元。</translation>
    </message>
    <message>
      <source>{n} cells of about {cell_km:.3g} km compared, {cells_skipped} left out for too little coverage: bias {bias:+.2f}, RMSE {rmse:.2f} {unit}.</source>
      <translation>比较了 {n} 个约 {cell_km:.3g} km 的单元，{cells_skipped} 个因覆盖不足而略去：偏差 {bias:+.2f}，RMSE {rmse:.2f} {unit}。</translation>
    </message>
    <message>
      <source>{n} regions summarised; {different} of {tested} differences are significant.</source>
      <translation>汇总了 {n} 个区域；{tested} 个差异中有 {different} 个显著。</translation>
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
      <source>{other} does not have the pixels of {name}: choose a raster on the same grid, for example spectral parameters of the raster that was predicted.</source>
      <translation>{other} 的像元与 {name} 不同：请选择同一网格上的栅格，例如被预测栅格的光谱参数。</translation>
    </message>
    <message>
      <source>{oxides}: the map tells little at a place that no mission has sampled.</source>
      <translation>{oxides}：在没有任务采样过的地方，该图参考价值不大。</translation>
    </message>
    <message>
      <source>{oxide} far too high (above {low:.1f} sigma)</source>
      <translation>{oxide} 明显偏高（超过 {low:.1f} sigma）</translation>
    </message>
    <message>
      <source>{oxide} far too low (below {high:.1f} sigma)</source>
      <translation>{oxide} 明显偏低（低于 {high:.1f} sigma）</translation>
    </message>
    <message>
      <source>{oxide} inside the 90 % interval ({low:.1f} to {high:.1f} sigma)</source>
      <translation>{oxide} 在 90 % 区间内（{low:.1f} 至 {high:.1f} sigma）</translation>
    </message>
    <message>
      <source>{oxide} too high ({low:.1f} to {high:.1f} sigma)</source>
      <translation>{oxide} 偏高（{low:.1f} 至 {high:.1f} sigma）</translation>
    </message>
    <message>
      <source>{oxide} too low ({low:.1f} to {high:.1f} sigma)</source>
      <translation>{oxide} 偏低（{low:.1f} 至 {high:.1f} sigma）</translation>
    </message>
    <message>
      <source>{oxide}: no measurement or no uncertainty</source>
      <translation>{oxide}：没有实测值或没有不确定度</translation>
    </message>
    <message>
      <source>{oxide}: predicted minus measured, divided by the uncertainty of the prediction. Nine sites in ten should lie between -{z:.2f} and {z:.2f}. Circles were seen in training: they show the fit; only diamonds validate.</source>
      <translation>{oxide}：预测减实测，除以预测的不确定度。十个采样点中应有九个位于 -{z:.2f} 与 {z:.2f} 之间。圆形参与过训练：只反映拟合程度；只有菱形才构成验证。</translation>
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
      <source>{points} points along {length:.4g} km; sites near the lines: {sites}.</source>
      <translation>沿 {length:.4g} km 的 {points} 个点；线附近的采样点：{sites}。</translation>
    </message>
    <message>
      <source>{product}, tells little at a new place (needs {oxides})</source>
      <translation>{product}，在新地点参考价值不大（需要 {oxides}）</translation>
    </message>
    <message>
      <source>{python} cannot be started to try {package} ({reason}).</source>
      <translation>无法启动 {python} 来试运行 {package}（{reason}）。</translation>
    </message>
    <message>
      <source>{quantity}, sigma {kind}</source>
      <translation>{quantity}，sigma（{kind}）</translation>
    </message>
    <message>
      <source>{quantity}: tells little</source>
      <translation>{quantity}：参考价值不大</translation>
    </message>
    <message>
      <source>{share:.0%} of the predicted pixels have spectra unlike all sampled ones: check that the raster is the sensor and product the model was trained for.</source>
      <translation>{share:.0%} 的预测像元的光谱与所有采样光谱都不相似：请检查该栅格是否为模型训练所用的传感器和产品。</translation>
    </message>
    <message>
      <source>{share:.0%} of {count} pixels that were looked at have spectra unlike all sampled ones: the model's answers there are extrapolation. Check that the raster is the product that the model was trained for.</source>
      <translation>抽查的 {count} 个像元中有 {share:.0%} 的光谱与所有采样光谱都不相似：模型在那里的结果属于外推。请检查该栅格是否为模型训练所用的产品。</translation>
    </message>
    <message>
      <source>{share} % of the predicted pixels carry a flag that makes their numbers doubtful, and are drawn in its colour.</source>
      <translation>{share} % 的预测像元带有使其数值可疑的标记，以该标记的颜色绘出。</translation>
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
      <source>{spectra} predicted with {model}</source>
      <translation>用 {model} 预测的 {spectra}</translation>
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
      <source>{valid} of {total} spectra of {name} pinned.</source>
      <translation>已固定 {name} 的 {total} 条光谱中的 {valid} 条。</translation>
    </message>
    <message>
      <source>{valid} of {total} spectra predicted with {model}.</source>
      <translation>用 {model} 预测了 {total} 条光谱中的 {valid} 条。</translation>
    </message>
    <message>
      <source>{version}, in your profile</source>
      <translation>{version}，位于您的配置文件夹中</translation>
    </message>
    <message>
      <source>{widths} {unit}</source>
      <translation>{widths} {unit}</translation>
    </message>
    <message>
      <source>“Fitted” errors validate nothing.</source>
      <translation>“拟合”误差不能验证任何东西。</translation>
    </message>
    <message>
      <source>“In 90 % interval” is the share of sites whose measured value lies in it: well calibrated, about 90 %; the range below it is Wilson’s interval, Wilson 1927, J.</source>
      <translation>“90 % 区间内”是实测值位于该区间的采样点比例：校准良好时约为 90 %；其下的范围为 Wilson 区间，Wilson 1927, J.</translation>
    </message>
    <message>
      <source>“Left out” has a prediction but is not used, because of its quality flags.</source>
      <translation>“略去”有预测，但因质量标记而不使用。</translation>
    </message>
    <message>
      <source>− predicted too low</source>
      <translation>− 预测偏低</translation>
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
