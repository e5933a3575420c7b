namespace Courier.Services.Network;

/// <summary>What operators read about outlets.</summary>
internal static class Texts
{
    public const string HoursMissing = "请填写营业时间；要停业请选“暂停营业”。";

    /// <summary>Reason in the audit trail: what the hours were and are, and why.</summary>
    public static string? Changed(string old, string now, string? reason) => old == now ? reason : $"{old} → {now}{(reason is null ? "" : $"：{reason}")}";
}
