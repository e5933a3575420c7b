namespace Courier.Simulator.Replay;

/// <summary>How a replay went. Times are milliseconds of real time.</summary>
internal sealed record ReplayReport
{
    public required string Name { get; init; }

    /// <summary>running, done, or failed.</summary>
    public required string State { get; init; }
    public required double Speed { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public double Seconds { get; init; }

    /// <summary>Lines of the file that were played now, and those that an earlier run had played.</summary>
    public int Played { get; init; }
    public int PlayedBefore { get; init; }
    public int Customers { get; init; }
    public int Parcels { get; init; }
    public int Moves { get; init; }

    /// <summary>Waybills and route events that the product refused, and those that it has not answered yet.</summary>
    public int MovesRejected { get; init; }
    public int MovesWaiting { get; init; }

    /// <summary>Messages, clicks and scans that expect an answer; answered at once, and those without (an agent may be on).</summary>
    public int Questions { get; init; }
    public int Answered { get; init; }
    public int WithoutAnswer { get; init; }
    public double AnswerMedianMs { get; init; }
    public double AnswerP95Ms { get; init; }
    public double AnswerMaxMs { get; init; }

    /// <summary>Calls to the hotline, those that were answered, and how many seconds of sound came back.</summary>
    public int Calls { get; init; }
    public int CallsAnswered { get; init; }
    public double CallSeconds { get; init; }

    /// <summary>The most that a line was played behind its time.</summary>
    public double MostBehindMs { get; init; }

    /// <summary>What the day's customers received since the start beside the answers, by kind: custom, template, subscribe.</summary>
    public IReadOnlyDictionary<string, int> Pushes { get; init; } = new Dictionary<string, int>();
    public int Sms { get; init; }

    /// <summary>All that went wrong, and the first of them in words.</summary>
    public int ErrorCount { get; init; }
    public IReadOnlyList<string> Errors { get; init; } = [];
}
