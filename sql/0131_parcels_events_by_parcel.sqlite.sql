-- The events of a parcel lie together, in the order in which they happened: they are always read together, and they come in over days,
-- so in the order of their own ids each one costs a page. That an id comes once is kept by an index.
create table parcels_events_new (
  core text not null,
  event_id text not null,
  parcel_id text not null,
  code text not null,
  status text check (status in ('registered', 'picked_up', 'departed', 'arrived', 'out_for_delivery', 'in_locker', 'in_station', 'signed',
    'delivery_failed', 'held', 'refused', 'returning', 'returned', 'damaged', 'lost', 'redirected', 'cancelled')),
  happened_at integer not null,
  sequence integer not null,
  received_at integer not null,
  city text not null,
  place text not null,
  text text not null,
  operator text not null,
  reason text not null,
  weight_grams integer,
  primary key (parcel_id, happened_at, core, event_id)
) strict, without rowid;

insert into parcels_events_new (core, event_id, parcel_id, code, status, happened_at, sequence, received_at, city, place, text, operator, reason, weight_grams)
select core, event_id, parcel_id, code, status, happened_at, sequence, received_at, city, place, text, operator, reason, weight_grams
from parcels_events
order by parcel_id, happened_at, core, event_id;

drop table parcels_events;
alter table parcels_events_new rename to parcels_events;

create unique index parcels_events_id on parcels_events (core, event_id);
