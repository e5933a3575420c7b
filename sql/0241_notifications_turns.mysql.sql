-- Ways that a message fell back from are told with the attempt that followed them, a line each: a channel, a space, a reason. (Indexes of the open
-- and of the settling ones alone, and checks that are slow, are SQLite's.)
alter table notifications_sends add column passed text not null default ('');
