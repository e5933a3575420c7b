using System.Text.Json.Serialization;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>What a fault does to callbacks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallbackFault>))]
internal enum CallbackFault
{
    [JsonStringEnumMemberName("duplicate")] Duplicate,
    [JsonStringEnumMemberName("reorder")] Reorder,
    [JsonStringEnumMemberName("drop")] Drop,
}

/// <summary>A trouble that was asked for. <see cref="Times"/> counts down; null stays until it is deleted.</summary>
internal sealed record Fault(
    string? AppId, string? Call, int? Errcode, int? DelayMs, int? Times, CallbackFault? Callback, string? JobStatus);

/// <summary>The troubles in force, the oldest first. They are not kept over a restart.</summary>
internal sealed class FaultBook
{
    readonly Lock gate = new();
    readonly List<Fault> faults = [];

    public IReadOnlyList<Fault> All
    {
        get { lock (gate) return [.. faults]; }
    }

    public void Add(Fault fault)
    {
        lock (gate) faults.Add(fault);
    }

    public void Clear()
    {
        lock (gate) faults.Clear();
    }

    public Fault? TakeForCall(string? appId, string path) =>
        Take(fault => fault.Callback is null && fault.JobStatus is null && Fits(fault, appId) && (fault.Call == "*" || fault.Call == path));

    public Fault? TakeForCallback(string appId) => Take(fault => fault.Callback is not null && Fits(fault, appId));

    public string? TakeJobStatus(string appId) => Take(fault => fault.JobStatus is not null && Fits(fault, appId))?.JobStatus;

    static bool Fits(Fault fault, string? appId) => fault.AppId is null || fault.AppId == appId;

    Fault? Take(Predicate<Fault> fits)
    {
        lock (gate)
        {
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
