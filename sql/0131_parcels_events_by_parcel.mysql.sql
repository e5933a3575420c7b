-- The events of a parcel lie together, in the order in which they happened: they are always read together, and they come in over days,
-- so in the order of their own ids each one costs a page. That an id comes once is kept by an index. One statement: it is done or it is not.
alter table parcels_events
  drop primary key,
  add primary key (parcel_id, happened_at, core, event_id),
  add unique index parcels_events_id (core, event_id),
  drop index parcels_events_parcel;
