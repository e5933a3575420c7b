-- Finished runs that the job has not learned from yet.
create table if not exists lanes_runs (
  parcel_id char(32) character set ascii collate ascii_bin not null primary key,
  product varchar(40) not null,
  from_province varchar(40) not null,
  from_city varchar(40) not null,
  to_province varchar(40) not null,
  to_city varchar(40) not null,
  points mediumtext not null,
  kept_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- How often which duration was seen, by scope (cities and product, cities, provinces, distance class, all), stage and measure.
create table if not exists lanes_statistics (
  scope varchar(140) not null,
  stage varchar(20) character set ascii collate ascii_bin not null check (stage in ('ordered', 'picked_up', 'left_origin', 'at_origin', 'left_on_the_way',
    'at_on_the_way', 'left_destination', 'at_destination', 'out_for_delivery', 'delivery_failed', 'held', 'awaiting', 'finished')),
  measure varchar(10) character set ascii collate ascii_bin not null check (measure in ('leg', 'delivery')),
  runs int not null,
  buckets varchar(2000) character set ascii collate ascii_bin not null,
  updated_at bigint not null,
  primary key (scope, stage, measure),
  index lanes_statistics_runs (runs),
  index lanes_statistics_updated (updated_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
