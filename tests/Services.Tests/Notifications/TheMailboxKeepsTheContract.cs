using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;

namespace Courier.Services.Tests.Notifications;

/// <summary>The channel that these tests send over behaves as real ones must.</summary>
public sealed class TheMailboxKeepsTheContract : ChannelContract
{
    protected override Task<ChannelStage> Start() => Task.FromResult<ChannelStage>(new MailboxStage());

    private sealed class MailboxStage : ChannelStage
    {
        private readonly Mailbox _mailbox = new("test.mailbox") { RecognisesRepeatsFor = TimeSpan.FromMinutes(1) };
        private FarEndMood _mood = FarEndMood.Takes;

        public MailboxStage()
        {
            _mailbox.UnderWay = (_, ct) => Task.Delay(0, ct);
            _mailbox.Answer = m => m.Customer != Customer ? new SendOutcome.NotAvailable("unknown_customer")
                : m.OnlyAppId is not null ? new SendOutcome.NotAvailable("other_account")
                : _mood switch
                {
                    FarEndMood.Takes => new SendOutcome.Sent("1", true),
                    FarEndMood.CannotReach => new SendOutcome.NotAvailable("window_closed"),
                    FarEndMood.Busy => new SendOutcome.RetryLater(TimeSpan.FromSeconds(1), "busy"),
                    FarEndMood.Hangs => new SendOutcome.Ambiguous("timeout"),
                    FarEndMood.CustomerGone => new SendOutcome.Unreachable("unsubscribed"),
                    FarEndMood.RefusesMessage => new SendOutcome.Rejected("47003"),
                };
        }

        public override IChannel Channel => _mailbox;

        public override CustomerId Customer { get; } = CustomerId.Parse("0192f0c0ffee70008000000000000002");

        public override Task Set(FarEndMood mood)
        {
            _mood = mood;
            return Task.CompletedTask;
        }

        public override Task<int> Arrived() => Task.FromResult(_mailbox.Arrived.Count);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
