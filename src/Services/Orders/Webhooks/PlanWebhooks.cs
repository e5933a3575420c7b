using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Orders.Webhooks;

/// <summary>Plans what other systems are told. A reaction calls it in its own transaction: what is told and what was done commit together.</summary>
public sealed class PlanWebhooks(WebhooksOptions options, DataKeys keys, TimeProvider clock, IJobAlarm alarm)
{
    /// <summary>Name of the job that sends.</summary>
    public const string JobName = "orders.send_webhooks";

    private static readonly string[] Columns = ["id", "target", "event", "aggregate", "version", "body_cipher", "status", "next_at", "created_at"];

    /// <summary>Plans a message to every target that wants it, once for a version. Messages about one aggregate reach a target in the order of its versions.</summary>
    /// <param name="tx">The reaction's transaction.</param>
    /// <param name="name">Wire name, such as <c>order.placed.v1</c>.</param>
    /// <param name="aggregate">What it happened to.</param>
    /// <param name="version">Its version.</param>
    /// <param name="data">What is told; lies encrypted until it was taken, and no longer.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Plan<T>(Tx tx, string name, string aggregate, long version, T data, CancellationToken ct)
    {
        var targets = options.Where(t => t.Wants(name)).ToList();
        if (targets.Count == 0) return;
        var now = clock.GetUtcNow();
        await tx.InsertRows("orders_webhooks", Columns, targets.Select(t =>
        {
            var id = Ids.New(clock);
            var body = JsonSerializer.Serialize(new WebhookMessage<T>(id, name, now, aggregate, version, data), KernelJson.Options);
            return new object?[] { id, t.Key, name, aggregate, version, keys.Encrypt(body), "waiting", now, now };
        }), ifAbsent: true, ct).ConfigureAwait(false);
        tx.AfterCommit(() => alarm.Wake(JobName));
    }
}

/// <summary>What a system is told.</summary>
/// <typeparam name="T">Of what kind.</typeparam>
/// <param name="Id">Id of the delivery: the same at every attempt.</param>
/// <param name="Event">Wire name.</param>
/// <param name="At">When it was planned.</param>
/// <param name="Aggregate">What it happened to.</param>
/// <param name="Version">Its version.</param>
/// <param name="Data">What happened.</param>
public sealed record WebhookMessage<T>(string Id, string Event, DateTimeOffset At, string Aggregate, long Version, T Data);
