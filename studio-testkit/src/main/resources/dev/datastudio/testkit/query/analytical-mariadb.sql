--- quantiles-as-windows: 6
SELECT median(amount) OVER (PARTITION BY region), percentile_cont(0.25) WITHIN GROUP (ORDER BY amount) OVER () FROM orders
