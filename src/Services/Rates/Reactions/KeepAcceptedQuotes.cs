using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;

namespace Courier.Services.Rates;

/// <summary>Keeps what orders took, without anybody's data, so that a new card can be tried on it.</summary>
internal sealed class KeepAcceptedQuotes : IBatchReaction<QuoteAccepted>
{
    private static readonly string[] Columns = ["quote_id", "card_id", "product", "request", "total_fen", "accepted_at"];

    public async Task Handle(IReadOnlyList<Delivery<QuoteAccepted>> batch, Tx tx, CancellationToken ct)
    {
        var accepted = batch.Select(d => d.Event).DistinctBy(e => e.Quote).ToDictionary(e => e.Quote);
        var quotes = await Quotes.FindAll(tx, accepted.Keys, ct).ConfigureAwait(false);
        await tx.InsertRows("rates_accepted", Columns, quotes.Where(q => q.Of(accepted[q.Id].Product) is not null).Select(q => new object?[]
        {
            q.Id.Text, q.CardId, accepted[q.Id].Product, JsonSerializer.Serialize(q.Request, KernelJson.Options), q.Of(accepted[q.Id].Product)!.TotalFen, accepted[q.Id].At,
        }), ifAbsent: true, ct).ConfigureAwait(false);
    }
}
