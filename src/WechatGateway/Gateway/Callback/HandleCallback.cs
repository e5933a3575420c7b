using System.Globalization;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Followers;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Login;
using Courier.WechatGateway.Outgoing;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Callback;

/// <summary>Does what a callback asks for, without regard to time: who it is from, what it changes, what is answered.</summary>
internal sealed class HandleCallback(
    Db db, TimeProvider clock, IJobAlarm alarm, FollowerLedger ledger, Follows follows, ReplyRules rules, UsageCounts counts, TakenBack takenBack,
    HeldRelease held, GrantLedger grants, FollowerProfiles profiles)
{
    private static readonly Handled Ignored = new("ignored"), Noted = new("event");

    public Task<Handled> Execute(Question question, CancellationToken ct) => question switch
    {
        { Inbound: TemplateSendFinished finished } => Confirm(finished, ct),
        { Inbound: PersonalDataEvent personal } => TakeBack(question, personal, ct),
        { Inbound: SubscriptionSent sent } => Confirm(question.Account, sent, ct),
        { Sender: null } or { Inbound: UnknownMessage or UnknownEvent } => Task.FromResult(Ignored),
        { Inbound: UnsubscribeEvent, Sender: { } sender } => Leave(question, sender, ct),
        { Inbound: MenuViewEvent view } => Task.FromResult(Count(question, view.Url)),
        { Inbound: MenuMiniProgramEvent view } => Task.FromResult(Count(question, view.PagePath)),
        { Inbound: SubscriptionAsked asked, Sender: { } sender } => Choose(question, sender, asked.Choices, isSettings: false, ct),
        { Inbound: SubscriptionChanged changed, Sender: { } sender } => Choose(question, sender, changed.Choices, isSettings: true, ct),
        { Inbound: EnterServiceWindowEvent, Sender: { } sender } => Enter(question, sender, ct),
        { ExpectsReply: true, Sender: { } sender } => Converse(question, sender, ct),
        _ => Task.FromResult(Ignored),
    };

    private async Task<Handled> Converse(Question question, OpenId sender, CancellationToken ct)
    {
        var (account, inbound, key) = question;
        if (inbound is MenuClickEvent or ScanCodeWaitEvent or ScanCodePushEvent or LocationSelectEvent) Count(question, ((InboundEvent)inbound).EventKey);
        var customer = await RecogniseCustomer.Execute(db, clock, new WechatIdentity(account.AppId, sender, UnionIdOf(inbound)), ct).ConfigureAwait(false);
        await ledger.Acted(new FollowerName(account.AppId, sender), customer, CustomerActions.Of(inbound), inbound.SentAt, ct).ConfigureAwait(false);
        held.Acted(customer);
        var ask = new Ask(account, inbound, customer, key);
        var reply = await follows.Answer(ask, ct).ConfigureAwait(false) ?? await rules.Answer(ask, ct).ConfigureAwait(false);
        return reply?.Text is { Length: > 0 } text ? new Handled("answered", text) : new Handled("silent");
    }

    private async Task<Handled> Confirm(TemplateSendFinished finished, CancellationToken ct)
    {
        if (finished.MessageId is not { } id) return Ignored;
        await ConfirmSend.Execute(db, alarm, clock, TemplateChannel.ChannelName, id.ToString(CultureInfo.InvariantCulture),
            finished.Status == TemplateSendStatus.Success, Reason(finished.Status), ct).ConfigureAwait(false);
        return Noted;
    }

    private async Task<Handled> Confirm(GatewayAccount account, SubscriptionSent sent, CancellationToken ct)
    {
        var channel = account.Kind == AccountKind.MiniProgram ? SubscribeKind.OfMiniProgram.Name : SubscribeKind.OfAccount.Name;
        foreach (var delivery in sent.Deliveries.Where(d => d.MessageId is not null)) // one, as a rule
        {
            var reason = delivery.ErrorCode is null or 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"error:{delivery.ErrorCode}");
            await ConfirmSend.Execute(db, alarm, clock, channel, delivery.MessageId!.Value.ToString(CultureInfo.InvariantCulture), reason.Length == 0, reason, ct).ConfigureAwait(false);
        }
        return Noted;
    }

    private async Task<Handled> Choose(Question question, OpenId sender, IReadOnlyList<SubscriptionChoice> choices, bool isSettings, CancellationToken ct)
    {
        await grants.Chosen(new FollowerName(question.Account.AppId, sender), choices, isSettings, question.Key, ct).ConfigureAwait(false);
        return Noted;
    }

    private async Task<Handled> Leave(Question question, OpenId sender, CancellationToken ct)
    {
        var who = new FollowerName(question.Account.AppId, sender);
        if (!await ledger.Followed(who, false, "", question.Inbound.SentAt, ct).ConfigureAwait(false)) await profiles.Settle(who.AppId, who.OpenId, ct).ConfigureAwait(false);
        return Noted;
    }

    private async Task<Handled> Enter(Question question, OpenId sender, CancellationToken ct)
    {
        var customer = await RecogniseCustomer.Execute(db, clock, new WechatIdentity(question.Account.AppId, sender, UnionIdOf(question.Inbound)), ct).ConfigureAwait(false);
        await ledger.Acted(new FollowerName(question.Account.AppId, sender), customer, CustomerAction.Click, question.Inbound.SentAt, ct).ConfigureAwait(false);
        held.Acted(customer);
        return Noted;
    }

    private async Task<Handled> TakeBack(Question question, PersonalDataEvent personal, CancellationToken ct) =>
        await takenBack.Execute(question.Account, personal, question.Key, ct).ConfigureAwait(false) ? Noted : Ignored;

    private Handled Count(Question question, string item)
    {
        counts.Add(question.Account.AppId, UsageSubject.Menu, item);
        return Noted;
    }

    // Not documented for callbacks, but WeChat Open Platform accounts carry it in some of them.
    private static string? UnionIdOf(Inbound inbound) => inbound.Fields.Optional("UnionId");

    private static string Reason(TemplateSendStatus status) => status switch
    {
        TemplateSendStatus.Success => "",
        TemplateSendStatus.UserBlocked => "user_blocked",
        TemplateSendStatus.SystemFailed => "system_failed",
        TemplateSendStatus.Unknown => "unknown_status",
    };
}
