using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>A notification that is due, as this process leases it: with the attempt that now begins.</summary>
internal sealed record DueMessage
{
    public required string Id { get; init; }
    public required CustomerId Customer { get; init; }
    public required NotificationKind Kind { get; init; }
    public required string TextCipher { get; init; }
    public required string? TemplateKind { get; init; }
    public required string? TemplateCipher { get; init; }
    public required string? Url { get; init; }
    public required string? OrderKey { get; init; }
    public required string? OnlyAppId { get; init; }
    public required string? OnlyAddress { get; init; }
    public required long IsUrgent { get; init; }
    public required string FailedChannels { get; init; }
    public required string Reason { get; init; }
    public required string? MergedInto { get; init; }
    public required long Attempts { get; init; }
    public required DateTimeOffset PlannedAt { get; init; }
    public required DateTimeOffset FirstTriedAt { get; init; }

    /// <summary>1 when another process had it before and may have sent it.</summary>
    public required long IsTakenOver { get; init; }

    /// <summary>The claim of the process that had it before, when <see cref="IsTakenOver"/>: what it took for one customer, it sent as one message.</summary>
    public required string TakenFrom { get; init; }

    /// <summary>Does the customer take it as a short message?</summary>
    public bool IsSmsAllowed { get; init; } = true;

    /// <summary>What the incident that it tells of, or that concerns its parcel, says at this moment; null when none is shown.</summary>
    public string? IncidentLine { get; init; }

    /// <summary>1 when a newer state of the same subject makes it worthless.</summary>
    public required long IsOutdated { get; init; }

    public bool HasFailedOver(IChannel channel) => FailedChannels.Length > 0 && FailedChannels.Split(',').Contains(channel.Name, StringComparer.Ordinal);

    public OutgoingMessage Open(DataKeys keys) => new(
        Id, Customer, Kind, Text(keys), TemplateKind,
        TemplateCipher is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(keys.Decrypt(TemplateCipher), KernelJson.Options),
        Url, OnlyAppId, OnlyAddress) { IsUrgent = IsUrgent == 1, IsSmsAllowed = IsSmsAllowed };

    private string Text(DataKeys keys) => IncidentLine is null ? keys.Decrypt(TextCipher)
        : Kind == NotificationKind.Incident ? Texts.Incident(IncidentLine)
        : ParcelNotice.WithIncident(keys.Decrypt(TextCipher), IncidentLine);
}
