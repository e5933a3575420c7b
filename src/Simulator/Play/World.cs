using Courier.Simulator.Network;
using Courier.Simulator.Parcels;
using Courier.Simulator.State;

namespace Courier.Simulator.Play;

/// <summary>
/// All parcels and the world's clock. Each change is on disk before it is seen outside, so what the product was told can
/// be told again, in the same words and under the same ids.
/// </summary>
internal sealed class World(SimulatorOptions options, TimeProvider time, StateFile state)
{
    const int KeptFinished = 2000;

    readonly Lock _gate = new();
    readonly ParcelMaker _maker = new(options);
    readonly Dictionary<string, SimulatedParcel> _parcels = state.All<SimulatedParcel>("parcel").ToDictionary(parcel => parcel.Waybill);
    int _sequence = state.All<int>("sequence").FirstOrDefault();
    WorldClock _clock = state.All<WorldClock>("clock").FirstOrDefault()?.Resume(time.GetUtcNow())
        ?? new WorldClock(time.GetUtcNow(), time.GetUtcNow(), options.Speed, Playing: true);

    public WorldClock Clock { get { lock (_gate) return _clock = _clock.Read(time.GetUtcNow()); } }

    public IReadOnlyList<SimulatedParcel> Parcels { get { lock (_gate) return [.. _parcels.Values]; } }

    public SimulatedParcel? Find(string waybill) { lock (_gate) return _parcels.GetValueOrDefault(waybill); }

    public void SetClock(double? speed = null, bool? playing = null)
    {
        lock (_gate)
        {
            _clock = _clock.Read(time.GetUtcNow());
            _clock = _clock with { Speed = speed ?? _clock.Speed, Playing = playing ?? _clock.Playing };
            state.Save([StateFile.Entry("clock", "", _clock)]);
        }
    }

    /// <summary>Makes a parcel; null when the wished number is taken.</summary>
    public SimulatedParcel? Create(ParcelWish wish)
    {
        lock (_gate)
        {
            if (wish.Waybill is { } taken && _parcels.ContainsKey(taken)) return null;
            _clock = _clock.Read(time.GetUtcNow());
            var parcel = _maker.Make(wish, ++_sequence, _clock.At);
            Keep([parcel], StateFile.Entry("sequence", "", _sequence));
            return parcel;
        }
    }

    /// <summary>Puts a whole world there at once: all of it is on disk, or none of it counts as done.</summary>
    public void Plant(IReadOnlyList<SimulatedParcel> parcels)
    {
        lock (_gate)
        {
            _sequence = Math.Max(_sequence, parcels.Count);
            Keep(parcels, StateFile.Entry("sequence", "", _sequence), StateFile.Entry("planted", "", true));
        }
    }

    /// <summary>Puts a parcel there that was made elsewhere; false when its number is known already.</summary>
    public bool Place(SimulatedParcel parcel)
    {
        lock (_gate)
        {
            if (_parcels.ContainsKey(parcel.Waybill)) return false;
            Keep([parcel]);
            return true;
        }
    }

    /// <summary>Nothing more happens to a parcel.</summary>
    public void Stop(string waybill)
    {
        lock (_gate)
            if (_parcels.TryGetValue(waybill, out var parcel) && parcel.Plan.Count > 0) Keep([parcel with { Plan = [] }]);
    }

    /// <summary>
    /// A step happened to a parcel, under an id of its own; a known id changes nothing. Its time is never before the one before it.
    /// </summary>
    public bool Happen(string waybill, Happening happening)
    {
        lock (_gate)
        {
            if (!_parcels.TryGetValue(waybill, out var parcel) || parcel.Past.Any(before => before.Id == happening.Id)) return false;
            var time = parcel.Past.Count > 0 && happening.Time <= parcel.Past[^1].Time ? parcel.Past[^1].Time.AddMilliseconds(1) : happening.Time;
            Keep([parcel with { Past = [.. parcel.Past, happening with { Time = time }] }]);
            return true;
        }
    }

    /// <summary>Tells the product all of these parcels once more, in the same words and under the same ids.</summary>
    public void TellAgain(IReadOnlySet<string> waybills)
    {
        lock (_gate)
            Keep([.. _parcels.Values.Where(parcel => waybills.Contains(parcel.Waybill)).Select(parcel => parcel with
            {
                Registration = Registration.Open,
                Past = [.. parcel.Past.Select(event_ => event_ with { Answered = false })],
            })]);
    }

    public bool IsPlanted => state.All<bool>("planted").Count > 0;

    /// <summary>Moves one parcel by hand. Null when there is none; the same parcel when it cannot get there.</summary>
    public SimulatedParcel? Advance(string waybill, int steps, ParcelStage? to)
    {
        lock (_gate)
        {
            if (!_parcels.TryGetValue(waybill, out var parcel)) return null;
            _clock = _clock.Read(time.GetUtcNow());
            var moved = to is { } stage ? Moves.To(parcel, stage, _clock.At, time.GetUtcNow(), options.Seed)
                : Moves.By(parcel, steps, _clock.At, time.GetUtcNow());
            if (!ReferenceEquals(moved, parcel)) Keep([moved]);
            return moved;
        }
    }

    /// <summary>Lets happen what is due by now.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _clock = _clock.Read(now);
            var moved = _parcels.Values.Where(parcel => parcel.Live && parcel.Plan.Count > 0 && parcel.Plan[0].Due <= _clock.At)
                .Select(parcel => Moves.UpTo(parcel, _clock.At, now)).ToList();
            if (moved.Count > 0) Keep(moved, StateFile.Entry("clock", "", _clock));
            Forget();
        }
    }

    public int LiveCount { get { lock (_gate) return _parcels.Values.Count(parcel => parcel.Live && !parcel.IsDone); } }

    public IReadOnlyList<SimulatedParcel> Unregistered(int limit)
    {
        lock (_gate) return [.. _parcels.Values.Where(parcel => parcel.Registration == Registration.Open).Take(limit)];
    }

    /// <summary>Events of registered parcels that the product has not answered, oldest first.</summary>
    public IReadOnlyList<(string Waybill, Happening Event)> Unanswered(int limit)
    {
        lock (_gate)
            return [.. _parcels.Values.Where(parcel => parcel.Registration == Registration.Accepted)
                .SelectMany(parcel => parcel.Unanswered.Select(event_ => (parcel.Waybill, event_)))
                .OrderBy(pair => pair.event_.Time).ThenBy(pair => pair.event_.Id, StringComparer.Ordinal).Take(limit)];
    }

    public void Registered(IReadOnlyDictionary<string, string?> rejections)
    {
        lock (_gate)
            Keep([.. rejections.Where(pair => _parcels.ContainsKey(pair.Key)).Select(pair => _parcels[pair.Key] with
            {
                Registration = pair.Value is null ? Registration.Accepted : Registration.Rejected,
                Rejection = pair.Value,
            })]);
    }

    /// <summary>The product answered these events, by waybill: event id → why it was rejected, null for accepted.</summary>
    public void Answered(IEnumerable<(string Waybill, string Id, string? Rejection)> answers)
    {
        lock (_gate)
            Keep([.. answers.GroupBy(answer => answer.Waybill).Where(group => _parcels.ContainsKey(group.Key))
                .Select(group => _parcels[group.Key].Answer(group.ToDictionary(answer => answer.Id, answer => answer.Rejection)))]);
    }

    void Keep(IReadOnlyList<SimulatedParcel> parcels, params StateEntry[] more)
    {
        state.Save([.. parcels.Select(parcel => StateFile.Entry("parcel", parcel.Waybill, parcel)), .. more]);
        foreach (var parcel in parcels) _parcels[parcel.Waybill] = parcel;
    }

    /// <summary>A fast world makes many parcels: those that ended long ago and were told in full are let go.</summary>
    void Forget()
    {
        if (_parcels.Count <= KeptFinished + options.DemoParcels) return;
        var gone = _parcels.Values.Where(parcel => parcel.IsDone && !parcel.Unanswered.Any() && parcel.Registration != Registration.Open)
            .OrderBy(parcel => parcel.CreatedAt).Take(KeptFinished / 4).ToList();
        state.Save([.. gone.Select(parcel => StateFile.Gone("parcel", parcel.Waybill))]);
        foreach (var parcel in gone) _parcels.Remove(parcel.Waybill);
    }
}
