using System.Collections.Concurrent;
using Courier.Services.Customers;
using Courier.Services.Notifications;

namespace Courier.Services.Tests.Notifications;

/// <summary>The far end of a channel: it keeps what arrived, and answers as the test tells it.</summary>
public sealed class Mailbox(string name = "test.first", int preference = 10) : IChannel
{
    private readonly ConcurrentDictionary<string, bool> _known = new();

    public string Name => name;

    public int Preference => preference;

    /// <summary>Does the far end know a repeated message by its id?</summary>
    public TimeSpan RecognisesRepeatsFor { get; init; }

    /// <summary>Decides the outcome; what is answered with Sent or Ambiguous has arrived.</summary>
    public Func<OutgoingMessage, SendOutcome> Answer { get; set; } = _ => new SendOutcome.Sent(null, false);

    /// <summary>Happens while the message is under way.</summary>
    public Func<OutgoingMessage, CancellationToken, Task> UnderWay { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Every call, in order.</summary>
    public ConcurrentQueue<OutgoingMessage> Calls { get; } = [];

    /// <summary>What the customers got, in order.</summary>
    public ConcurrentQueue<OutgoingMessage> Arrived { get; } = [];

    public IReadOnlyList<string> Texts => [.. Arrived.Select(m => m.Text)];

    public IReadOnlyList<string> TextsOf(CustomerId customer) => [.. Arrived.Where(m => m.Customer == customer).Select(m => m.Text)];

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        Courier.Kernel.Data.Db.IsInsideTransaction.ShouldBeFalse();
        Calls.Enqueue(message);
        await UnderWay(message, ct);
        var outcome = Answer(message);
        var known = RecognisesRepeatsFor > TimeSpan.Zero && !_known.TryAdd(message.Id, true);
        if (outcome is SendOutcome.Sent or SendOutcome.Ambiguous && !known) Arrived.Enqueue(message);
        return outcome;
    }
}
