using Courier.Simulator.Parcels;
using Courier.Simulator.Play;
using Courier.Simulator.Trunk;

namespace Courier.Simulator.Replay;

/// <summary>Counts while a day is played; safe for several at once.</summary>
internal sealed class ReplayTally
{
    const int ErrorsShown = 20;

    readonly Lock _gate = new();
    readonly List<double> _answers = [];
    readonly List<string> _errors = [];
    int _played, _before, _questions, _answered, _errorCount, _calls, _callsAnswered;
    double _behind, _callSeconds;

    public void Played(bool before)
    {
        lock (_gate) { if (before) _before++; else _played++; }
    }

    public void Said(SaidOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome.ExpectsAnswer) _questions++;
            if (outcome.ExpectsAnswer && outcome.Answered) _answered++;
            if (outcome.ElapsedMs is { } elapsed) _answers.Add(elapsed);
            if (outcome.Problem is { } problem) Wrong(problem);
        }
    }

    /// <summary>A call is over; null when there was nobody to call.</summary>
    public void Called(TrunkCall? call)
    {
        lock (_gate)
        {
            _calls++;
            if (call?.AnsweredAt is null) return;
            _callsAnswered++;
            _callSeconds += (double)call.Sound.Length / CallSound.Rate;
        }
    }

    public void Behind(TimeSpan by)
    {
        lock (_gate) _behind = Math.Max(_behind, by.TotalMilliseconds);
    }

    public void Failed(string what)
    {
        lock (_gate) Wrong(what);
    }

    public ReplayReport Report(Day day, World world, string state, double speed, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var waybills = day.Lines.OfType<ParcelLine>().Select(line => line.Waybill).ToHashSet();
        var parcels = world.Parcels.Where(parcel => waybills.Contains(parcel.Waybill)).ToList();
        lock (_gate)
        {
            _answers.Sort();
            return new()
            {
                Name = day.Head.Name, State = state, Speed = speed, StartedAt = startedAt, Seconds = Math.Round((now - startedAt).TotalSeconds, 1),
                Played = _played, PlayedBefore = _before, Customers = day.Lines.Count(line => line is CustomerLine), Parcels = parcels.Count,
                Moves = parcels.Sum(parcel => parcel.Past.Count),
                MovesRejected = parcels.Count(parcel => parcel.Registration == Registration.Rejected) + parcels.Sum(parcel => parcel.Past.Count(event_ => event_.Rejection is not null)),
                MovesWaiting = parcels.Sum(parcel => parcel.Unanswered.Count()),
                Questions = _questions, Answered = _answered, WithoutAnswer = _questions - _answered,
                AnswerMedianMs = At(0.5), AnswerP95Ms = At(0.95), AnswerMaxMs = At(1), MostBehindMs = Math.Round(_behind),
                Calls = _calls, CallsAnswered = _callsAnswered, CallSeconds = Math.Round(_callSeconds),
                ErrorCount = _errorCount, Errors = [.. _errors],
            };
        }
    }

    double At(double share) => _answers.Count == 0 ? 0 : _answers[Math.Min(_answers.Count - 1, (int)(share * _answers.Count))];

    void Wrong(string what)
    {
        _errorCount++;
        if (_errors.Count < ErrorsShown) _errors.Add(what);
    }
}
