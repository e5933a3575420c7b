using Courier.Services.Parcels;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>
/// 改派, 改地址, 暂存, 换个时间, 放快递柜, 放驿站, 邻居代收, 拦截, 撤回, 更正: what sender and recipient ask for while a parcel is on its way, and
/// the place, neighbour or address that they are asked for then. Numbers and 是 are read by <see cref="ChosenAnswers"/>.
/// </summary>
internal sealed class DirectionWishes(DirectionAnswers directions, OpenQuestions questions, OrderAnswers orders) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Words.Length == 0) return null;
        if (DirectionWords.ReadUndo(ask.Words) is { } undone) return await directions.Undo(ask, undone, ct).ConfigureAwait(false);
        if (DirectionWords.ReadCorrection(ask.Words) is var (field, value)) return await directions.Correct(ask, field, value, ct).ConfigureAwait(false);
        if (DirectionWords.Read(ask.Words) is { } wish)
        {
            // Who has an appointment for a pickup means that one.
            if (wish.IsAboutAnyTime && await orders.HasAppointment(ask, ct).ConfigureAwait(false)) return null;
            return await directions.Begin(ask, wish, ct).ConfigureAwait(false);
        }
        if (!DirectionWords.MayBePlace(ask.Words)) return null;
        return (await questions.Of(ask, ct).ConfigureAwait(false)).FirstOrDefault() is { Topic: Topic.Delivery } open
            ? await directions.Said(ask, open.Content<DirectionTalk>(), ct).ConfigureAwait(false)
            : null;
    }
}
