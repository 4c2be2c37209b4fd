"""From reflectance to a map of oxides: plan, blocks, threads, cluster.

Offers one prediction over a raster, in one process or on a cluster, resumable.
Must not know the measurements at sample sites, checks or reports.
"""
