-- One row a call, one a leg, one a recording. The person outside is kept as ciphertext, keyed hash and last four digits.
create table calls_calls (
  id text not null primary key,
  node text not null,
  direction text not null check (direction in ('inbound', 'outbound', 'internal')),
  peer_cipher text not null,
  peer_hash text not null,
  peer_tail text not null,
  hotline text not null,
  flow text not null,
  trunk text not null,
  customer_id text,
  started_at integer not null,
  answered_at integer,
  talked_at integer,
  ended_at integer,
  result text check (result in ('completed', 'self_served', 'abandoned', 'voicemail', 'busy', 'no_answer', 'rejected', 'unreachable', 'media_failed', 'timed_out', 'failed', 'lost')),
  is_recorded integer not null check (is_recorded in (0, 1))
) strict, without rowid;

create index calls_calls_started on calls_calls (started_at);
create index calls_calls_peer on calls_calls (peer_hash, started_at);
create index calls_calls_customer on calls_calls (customer_id, started_at);
create index calls_calls_open on calls_calls (node, ended_at);

create table calls_legs (
  id text not null primary key,
  call_id text not null,
  role text not null check (role in ('caller', 'agent', 'customer', 'colleague', 'supervisor', 'outside')),
  phone_user text not null,
  staff_id text,
  peer_tail text not null,
  trunk text not null,
  sip_call_id text not null,
  started_at integer not null,
  answered_at integer,
  ended_at integer not null,
  outcome text not null check (outcome in ('hung_up_here', 'hung_up_there', 'cancelled_here', 'cancelled_there', 'busy', 'no_answer', 'rejected', 'timed_out', 'unreachable', 'vanished', 'media_failed')),
  status integer not null,
  sent integer not null,
  received integer not null,
  lost integer not null,
  loss_permille integer not null,
  jitter_ms integer not null,
  rtt_ms integer,
  mos_hundredths integer
) strict, without rowid;

create index calls_legs_call on calls_legs (call_id);

create table calls_recordings (
  id text not null primary key,
  call_id text not null,
  kind text not null check (kind in ('talk', 'voicemail')),
  box text not null,
  customer_id text,
  peer_hash text not null,
  sha256 text not null,
  bytes integer not null,
  length_ms integer not null,
  started_at integer not null,
  expires_at integer not null,
  erased_at integer
) strict, without rowid;

create index calls_recordings_call on calls_recordings (call_id);
create index calls_recordings_expiry on calls_recordings (erased_at, expires_at);
create index calls_recordings_peer on calls_recordings (peer_hash);
create index calls_recordings_customer on calls_recordings (customer_id);
