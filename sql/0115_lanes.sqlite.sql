-- Finished runs that the job has not learned from yet.
create table lanes_runs (
  parcel_id text not null primary key,
  product text not null,
  from_province text not null,
  from_city text not null,
  to_province text not null,
  to_city text not null,
  points text not null,
  kept_at integer not null
) strict, without rowid;

-- How often which duration was seen, by scope (cities and product, cities, provinces, distance class, all), stage and measure.
create table lanes_statistics (
  scope text not null,
  stage text not null check (stage in ('ordered', 'picked_up', 'left_origin', 'at_origin', 'left_on_the_way', 'at_on_the_way', 'left_destination',
    'at_destination', 'out_for_delivery', 'delivery_failed', 'held', 'awaiting', 'finished')),
  measure text not null check (measure in ('leg', 'delivery')),
  runs integer not null,
  buckets text not null,
  updated_at integer not null,
  primary key (scope, stage, measure)
) strict, without rowid;

create index lanes_statistics_runs on lanes_statistics (runs);
create index lanes_statistics_updated on lanes_statistics (updated_at);
