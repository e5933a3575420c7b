using Courier.Services.Customers;
using Courier.Services.Notifications;

namespace Courier.Testing;

/// <summary>What a far end can be told to do with the next messages.</summary>
public enum FarEndMood
{
    /// <summary>It takes them.</summary>
    Takes,

    /// <summary>It does not reach this customer at the moment, or never did (closed window, no template, no grant).</summary>
    CannotReach,

    /// <summary>It is too busy or refuses connections: nothing was taken.</summary>
    Busy,

    /// <summary>It takes the message and never answers.</summary>
    Hangs,

    /// <summary>The customer has left or blocked us.</summary>
    CustomerGone,

    /// <summary>It finds the message itself wrong.</summary>
    RefusesMessage,
}

/// <summary>A channel before its far end (a sandbox, a recording server): what <see cref="ChannelContract"/> plays with.</summary>
public abstract class ChannelStage : IAsyncDisposable
{
    /// <summary>The adapter under test.</summary>
    public abstract IChannel Channel { get; }

    /// <summary>A customer whom the channel reaches.</summary>
    public abstract CustomerId Customer { get; }

    /// <summary>Moods that cannot happen at this far end; the contract asks nothing about them.</summary>
    public virtual IReadOnlySet<FarEndMood> Impossible { get; } = new HashSet<FarEndMood>();

    /// <summary>The kind of template with which this channel sends; null for a channel that sends texts.</summary>
    public virtual (string Kind, IReadOnlyDictionary<string, string> Data)? Template => null;

    /// <summary>Sets the far end's mood.</summary>
    public abstract Task Set(FarEndMood mood);

    /// <summary>How many messages the customer has got.</summary>
    public abstract Task<int> Arrived();

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}

/// <summary>What every channel keeps, so that all look the same to the sender. A new channel's test derives from this.</summary>
public abstract class ChannelContract
{
    /// <summary>A channel before a far end that takes messages.</summary>
    protected abstract Task<ChannelStage> Start();

    [Fact]
    public async Task A_message_that_the_far_end_takes_is_sent_and_arrives_once()
    {
        await using var stage = await Start();
        var outcome = await Send(stage);
        var sent = outcome.ShouldBeOfType<SendOutcome.Sent>();
        if (sent.AwaitsConfirmation) sent.ProviderId.ShouldNotBeNullOrEmpty("without an id no confirmation finds its send");
        (await stage.Arrived()).ShouldBe(1);
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_left_to_the_next_channel() =>
        await Expect<SendOutcome.NotAvailable>(FarEndMood.CannotReach, o => o.Reason, arrived: 0);

    [Fact]
    public async Task A_busy_far_end_is_tried_again_later() =>
        await Expect<SendOutcome.RetryLater>(FarEndMood.Busy, o => o.Reason, arrived: 0);

    [Fact]
    public async Task An_answer_that_does_not_come_is_ambiguous() =>
        await Expect<SendOutcome.Ambiguous>(FarEndMood.Hangs, o => o.Reason, arrived: 1);

    [Fact]
    public async Task Who_has_left_is_unreachable() =>
        await Expect<SendOutcome.Unreachable>(FarEndMood.CustomerGone, o => o.Reason, arrived: 0);

    [Fact]
    public async Task A_wrong_message_is_rejected() =>
        await Expect<SendOutcome.Rejected>(FarEndMood.RefusesMessage, o => o.Reason, arrived: 0);

    [Fact]
    public async Task A_customer_it_does_not_know_is_left_to_the_next_channel()
    {
        await using var stage = await Start();
        var stranger = Message(stage) with { Customer = CustomerId.Parse(new string('f', 32)) };
        (await stage.Channel.Send(stranger, CancellationToken.None)).ShouldBeOfType<SendOutcome.NotAvailable>();
        (await stage.Arrived()).ShouldBe(0);
    }

    [Fact]
    public async Task An_account_it_does_not_serve_is_left_to_the_next_channel()
    {
        await using var stage = await Start();
        var elsewhere = Message(stage) with { OnlyAppId = "no-account-of-ours", OnlyAddress = "nobody" };
        (await stage.Channel.Send(elsewhere, CancellationToken.None)).ShouldBeOfType<SendOutcome.NotAvailable>();
        (await stage.Arrived()).ShouldBe(0);
    }

    [Fact]
    public async Task A_repeat_under_the_same_id_arrives_once_where_the_channel_says_so()
    {
        await using var stage = await Start();
        await Send(stage);
        await Send(stage);
        (await stage.Arrived()).ShouldBe(stage.Channel.RecognisesRepeatsFor > TimeSpan.Zero ? 1 : 2);
    }

    [Fact]
    public async Task Told_to_stop_it_stops()
    {
        await using var stage = await Start();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stage.Channel.Send(Message(stage), stop.Token));
    }

    [Fact]
    public async Task It_has_a_stable_name()
    {
        await using var stage = await Start();
        stage.Channel.Name.ShouldMatch("^[a-z_]+(\\.[a-z_]+)*$");
        stage.Channel.Name.Length.ShouldBeLessThanOrEqualTo(64);
    }

    private async Task Expect<TOutcome>(FarEndMood mood, Func<TOutcome, string> reason, int arrived) where TOutcome : SendOutcome
    {
        await using var stage = await Start();
        if (stage.Impossible.Contains(mood)) return;
        await stage.Set(mood);
        var outcome = await Send(stage);
        reason(outcome.ShouldBeOfType<TOutcome>()).ShouldNotBeNullOrWhiteSpace();
        (await stage.Arrived()).ShouldBe(arrived);
    }

    private static Task<SendOutcome> Send(ChannelStage stage) => stage.Channel.Send(Message(stage), CancellationToken.None);

    private static OutgoingMessage Message(ChannelStage stage) => new(
        "0192f0c0ffee70008000000000000001", stage.Customer, NotificationKind.ParcelStatus, "您的快件已签收。", stage.Template?.Kind, stage.Template?.Data, null, null, null);
}
