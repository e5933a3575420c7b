using Courier.Services.Parcels;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>
/// 改派, 改地址, 暂存, 换个时间, 放快递柜, 放驿站, 邻居代收, 拦截, 撤回, 更正: what sender and recipient ask for while a parcel is on its way, and
/// the place of ours or address that they are asked for then. Numbers and 是 are read by <see cref="ChosenAnswers"/>.
/// </summary>
internal sealed class DirectionWishes(DirectionAnswers directions, OpenQuestions questions, OrderAnswers orders) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Words.Length == 0) return null;
        if (ask.HasChinese) // as each wish has
        {
            if (DirectionWords.ReadUndo(ask.Words) is { } undone) return await directions.Undo(ask, undone, ct).ConfigureAwait(false);
            if (DirectionWords.ReadCorrection(ask.Words) is var (field, value)) return await directions.Correct(ask, field, ask.AsTyped(value), ct).ConfigureAwait(false);
            if (DirectionWords.Read(ask.Words) is { } wish)
            {
                // Who has an appointment for a pickup means that one.
                if (wish.IsAboutAnyTime && await orders.HasAppointment(ask, ct).ConfigureAwait(false)) return null;
                return await directions.Begin(ask, wish with { Rest = ask.AsTyped(wish.Rest) }, ct).ConfigureAwait(false);
            }
        }
        var mayBePlace = DirectionWords.MayBePlace(ask.Words);
        if (!mayBePlace && !DirectionWords.MayBeAddress(ask.Words)) return null;
        return await questions.Latest<DirectionTalk>(ask, Topic.Delivery, ct).ConfigureAwait(false) is { } talk ? await directions.Named(ask, talk, mayBePlace, ct).ConfigureAwait(false) : null;
    }
}

/// <summary>
/// A neighbour, or a place that is not known, after one was asked for. It stands behind whatever else a message may be: who says 取消订单 or asks something while
/// the question is open does not name a place.
/// </summary>
internal sealed class PlacesSaid(DirectionAnswers directions, OpenQuestions questions) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct) =>
        DirectionWords.MayBePlace(ask.Words) && await questions.Latest<DirectionTalk>(ask, Topic.Delivery, ct).ConfigureAwait(false) is { } talk
            ? await directions.Said(ask, talk, ct).ConfigureAwait(false) : null;
}
