using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Parcels;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Replies.Receiving;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// 1, 2, 3, 4 or the words, while a warning that a parcel will be late waits for an answer: wait, a person, the rule about refunds, another way.
/// Who chose to wait may still take 2 or 3 within a day, as the list stands in the chat; to wait remains the choice after the rule was read.
/// In words that mean nothing else nothing is looked up.
/// </summary>
internal sealed class WarningChoices(Db db, TimeProvider clock, CalendarsOptions calendars, ParcelsOptions options, DirectionAnswers directions) : IReplyRule
{
    private const int LongestWords = 20;

    private static readonly Dictionary<string, LateChoice> Numbers = new(StringComparer.Ordinal)
    {
        ["1"] = LateChoice.Wait, ["2"] = LateChoice.Person, ["3"] = LateChoice.RefundRule, ["4"] = LateChoice.Redirect,
    };

    private static readonly Dictionary<string, LateChoice> Words = new(StringComparer.Ordinal)
    {
        ["继续等"] = LateChoice.Wait, ["继续等着"] = LateChoice.Wait, ["继续等待"] = LateChoice.Wait, ["等"] = LateChoice.Wait, ["我等"] = LateChoice.Wait, ["再等等"] = LateChoice.Wait,
        ["找人工"] = LateChoice.Person, ["人工"] = LateChoice.Person, ["转人工"] = LateChoice.Person,
        ["赔付规则"] = LateChoice.RefundRule, ["看赔付规则"] = LateChoice.RefundRule, ["赔付"] = LateChoice.RefundRule, ["赔偿"] = LateChoice.RefundRule,
        ["怎么赔"] = LateChoice.RefundRule, ["改派"] = LateChoice.Redirect, ["改派送"] = LateChoice.Redirect,
    };

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (Read(ask.Words) is not { } choice) return null;
        var parcels = await AnswerWarning.Open(db, clock, ask.Customer, ct).ConfigureAwait(false);
        var isOpen = parcels.Count > 0;
        if (!isOpen && choice != LateChoice.Wait) parcels = await AnswerWarning.GoingOnWaiting(db, clock, ask.Customer, ct).ConfigureAwait(false);
        if (choice == LateChoice.Redirect) parcels = await AnswerWarning.Redirectable(db, options, ask.Customer, parcels, ct).ConfigureAwait(false);
        if (parcels.Count == 0) return null;
        // A person first: a repeat of this message after a crash in between must still reach one.
        var reply = choice switch
        {
            LateChoice.Wait => new Reply(Texts.GoesOnWaiting([.. parcels.Select(p => p.Waybill.Text)])),
            LateChoice.Person => new Reply(await CallPerson(ask, parcels, ct).ConfigureAwait(false)),
            LateChoice.RefundRule => new Reply(AnswerWarning.RefundRule),
            LateChoice.Redirect => await directions.OfWarning(ask, parcels, ct).ConfigureAwait(false),
        };
        // Another way is kept as the choice once it was decided on; until then the question stands.
        if (choice != LateChoice.Redirect && (isOpen || choice == LateChoice.Person)) await AnswerWarning.Choose(db, clock, ask.Customer, parcels, choice, ct).ConfigureAwait(false);
        return reply;
    }

    /// <summary>The choice that somebody names: 1, 选2, 继续等，谢谢, 1 继续等; null when the words mean something else.</summary>
    public static LateChoice? Read(string words)
    {
        if (words.Length is 0 or > LongestWords) return null;
        if (SaidNumber.In(words) is not { } number) return Named(words);
        return Numbers.TryGetValue(number.WithoutZero, out var choice) && (number.Rest.Length == 0 || Named(number.Rest) == choice) ? choice : null;
    }

    private static LateChoice? Named(string words) => Words.TryGetValue(Politeness.Without(words), out var choice) ? choice : null;

    private async Task<string> CallPerson(Ask ask, IReadOnlyList<WarnedParcel> parcels, CancellationToken ct)
    {
        var topic = AnswerWarning.ForAgents(parcels, clock.GetUtcNow());
        return (await RequestHuman.Execute(db, clock, calendars, ask.Customer, ask.Channel, topic, ask.Key, ct).ConfigureAwait(false)).Text;
    }
}
