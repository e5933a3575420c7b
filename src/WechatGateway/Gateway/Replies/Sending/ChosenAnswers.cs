using System.Text.RegularExpressions;
using Courier.Services.Addresses;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Replies.Receiving;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>
/// Numbers and words that answer what the bot has asked: 2, 存, 是, the name of a place. Only words that can be such an answer look
/// anything up, and without an open question they mean what they always do.
/// </summary>
internal sealed partial class ChosenAnswers(OpenQuestions questions, PriceAnswers prices, PastedAddresses addresses, OrderAnswers orders, DirectionAnswers directions, Divisions divisions) : IReplyRule
{
    private const int LongestPlace = 16;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Inbound is MenuClickEvent || ask.Words.TrimEnd('。', '.', '!', '、') is not { Length: > 0 and <= LongestPlace } words) return null;
        var number = SaidNumber.In(words)?.Choice;
        var place = number is null ? PlaceIn(words) : [];
        if (number is null && place.Count == 0 && !Words().IsMatch(words)) return null;
        foreach (var question in await questions.Of(ask, ct).ConfigureAwait(false))
        {
            if (await Of(ask, question, words, number, place, ct).ConfigureAwait(false) is not { } reply) continue;
            return reply;
        }
        return null;
    }

    private async Task<Reply?> Of(Ask ask, OpenQuestion question, string words, int? number, IReadOnlyList<Division> place, CancellationToken ct)
    {
        switch (question.Topic)
        {
            case Topic.Price when number is not null || place.Count > 0:
                return await prices.Chosen(ask, question.Content<PendingPrice>(), number, place, ct).ConfigureAwait(false);
            case Topic.Address when number is { } chosen:
                return await addresses.Chosen(ask, question.Content<PastedAddress>(), chosen, ct).ConfigureAwait(false);
            case Topic.Address when KeepWords().IsMatch(words):
                return await addresses.Keep(ask, question.Content<PastedAddress>(), HomeWords().IsMatch(words), ct).ConfigureAwait(false);
            case Topic.Cancel when YesWords().IsMatch(words):
                return await Done(ask, Topic.Cancel, await orders.Confirmed(ask, question.Content<CancelWish>(), ct).ConfigureAwait(false), ct).ConfigureAwait(false);
            case Topic.Cancel when NoWords().IsMatch(words):
                return await Done(ask, Topic.Cancel, new Reply(SendingTexts.NotCancelled(question.Content<CancelWish>().Number)), ct).ConfigureAwait(false);
            case Topic.Slots when number is { } chosen:
                return await orders.Chosen(ask, question.Content<OfferedSlots>(), chosen, ct).ConfigureAwait(false) is { } moved ? await Done(ask, Topic.Slots, moved, ct).ConfigureAwait(false) : null;
            case Topic.Delivery:
                return await Of(ask, question.Content<DirectionTalk>(), words, number, ct).ConfigureAwait(false);
            default:
                return null;
        }
    }

    private async Task<Reply?> Of(Ask ask, DirectionTalk talk, string words, int? number, CancellationToken ct)
    {
        if (number is { } chosen) return await directions.Chosen(ask, talk, chosen, ct).ConfigureAwait(false);
        if (words == "返回") return await directions.Back(ask, talk, ct).ConfigureAwait(false);
        if (words == "取消" || NoWords().IsMatch(words)) return await directions.Declined(ask, ct).ConfigureAwait(false);
        return talk.Wish is not null && YesWords().IsMatch(words) ? await directions.Confirmed(ask, talk, ct).ConfigureAwait(false) : null;
    }

    private async Task<Reply> Done(Ask ask, Topic topic, Reply reply, CancellationToken ct)
    {
        await questions.Answered(ask, topic, ct).ConfigureAwait(false);
        return reply;
    }

    private IReadOnlyList<Division> PlaceIn(string words) =>
        words.Length >= 2 && PlaceChoices.In(divisions, words) is { Places: { Count: > 0 } named, Left: var rest } && string.IsNullOrWhiteSpace(rest) ? named : [];

    [GeneratedRegex("^(?:存|保存|是|确|对|好|要|不|别|算了|设|取消|这是|返回$)")]
    private static partial Regex Words();

    [GeneratedRegex("^(?:存|保存)(?:一下|起来|下来|吧|到?地址簿)?$|^(?:存为|存成|设为|设成)(?:我的)?(?:默认)?(?:寄件)?地址$|^这是我的(?:寄件)?地址$")]
    private static partial Regex KeepWords();

    [GeneratedRegex("寄件地址$|默认|我的")]
    private static partial Regex HomeWords();

    [GeneratedRegex("^(?:是|是的|确认|确定|对|对的|要|好|好的|确认取消|确定取消|取消)$")]
    private static partial Regex YesWords();

    [GeneratedRegex("^(?:不|不是|不要|不用|不取消|不取消了|别取消|算了|先不取消)$")]
    private static partial Regex NoWords();
}
