using System.Text.Json.Serialization;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>What a fault does to callbacks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallbackFault>))]
internal enum CallbackFault
{
    /// <summary>Pushed twice; the customer sees the answer to the second.</summary>
    [JsonStringEnumMemberName("duplicate")] Duplicate,

    /// <summary>Held until a later one of the same follower overtook it.</summary>
    [JsonStringEnumMemberName("reorder")] Reorder,

    /// <summary>Lost on the way: all attempts, or the first of them.</summary>
    [JsonStringEnumMemberName("drop")] Drop,

    /// <summary>The product gets it, but its answers to the first attempts are lost, so that the platform tries again.</summary>
    [JsonStringEnumMemberName("answerLost")] AnswerLost,

    /// <summary>Each attempt sets out late.</summary>
    [JsonStringEnumMemberName("slow")] Slow,
}

/// <summary>Which quota a fault spends: that of the clock minute or that of the day (UTC+8).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuotaFault>))]
internal enum QuotaFault
{
    [JsonStringEnumMemberName("minute")] Minute,
    [JsonStringEnumMemberName("day")] Day,
}

/// <summary>A trouble that was asked for. <see cref="Times"/> counts down; null stays until it is deleted.</summary>
internal sealed record Fault
{
    public string? AppId { get; init; }
    public string? Call { get; init; }
    public int? Errcode { get; init; }
    public int? DelayMs { get; init; }
    public int? Times { get; init; }
    public CallbackFault? Callback { get; init; }

    /// <summary>How many attempts of a callback a drop or a lost answer hits; null: all of a drop, the first of an answer.</summary>
    public int? Attempts { get; init; }
    public string? JobStatus { get; init; }

    /// <summary>True when the connection is cut without any answer.</summary>
    public bool? Refuse { get; init; }

    public QuotaFault? Quota { get; init; }

    /// <summary>When a spent quota is full again: the end of the clock minute or of the day.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>The troubles in force, the oldest first. They are not kept over a restart.</summary>
internal sealed class FaultBook(TimeProvider clock)
{
    readonly Lock gate = new();
    readonly List<Fault> faults = [];

    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (gate)
            {
                faults.RemoveAll(fault => fault.Until <= clock.GetUtcNow());
                return [.. faults];
            }
        }
    }

    public void Add(Fault fault)
    {
        lock (gate) faults.Add(fault);
    }

    public void Clear()
    {
        lock (gate) faults.Clear();
    }

    /// <summary>Makes the spent quotas of an account full again.</summary>
    public void ClearQuotas(string appId)
    {
        lock (gate) faults.RemoveAll(fault => fault.Quota is not null && Fits(fault, appId));
    }

    public Fault? TakeForCall(string? appId, string path) => Take(fault => IsOfCalls(fault) && Fits(fault, appId) && Names(fault, path));

    public Fault? TakeForCallback(string appId) => Take(fault => fault.Callback is not null && Fits(fault, appId));

    public string? TakeJobStatus(string appId) => Take(fault => fault.JobStatus is not null && Fits(fault, appId))?.JobStatus;

    /// <summary>True when a fault spent the call's quota of that kind.</summary>
    public bool IsSpent(string appId, string path, QuotaFault quota) => All.Any(fault => fault.Quota == quota && Fits(fault, appId) && Names(fault, path));

    static bool IsOfCalls(Fault fault) => fault.Callback is null && fault.JobStatus is null;
    static bool Names(Fault fault, string path) => fault.Call == "*" || fault.Call == path;
    static bool Fits(Fault fault, string? appId) => fault.AppId is null || fault.AppId == appId;

    Fault? Take(Predicate<Fault> fits)
    {
        lock (gate)
        {
            faults.RemoveAll(fault => fault.Until <= clock.GetUtcNow());
            var index = faults.FindIndex(fits);
            if (index < 0) return null;
            var fault = faults[index];
            if (fault.Times is { } times)
            {
                if (times <= 1) faults.RemoveAt(index);
                else faults[index] = fault with { Times = times - 1 };
            }
            return fault;
        }
    }
}
