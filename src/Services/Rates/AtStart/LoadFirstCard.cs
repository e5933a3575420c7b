using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Services.Staff;

namespace Courier.Services.Rates;

/// <summary>Where no card was ever published, the first one is that of the seed: a price is always there, and so is the product <c>standard</c>.</summary>
internal sealed class LoadFirstCard(Db db, TimeProvider clock) : IStartupTask
{
    public Task Run(CancellationToken ct) => db.InTransaction(async tx =>
    {
        // The row's lock keeps a second process that starts at the same time from doing the same.
        await CardStore.Raise(tx, ct).ConfigureAwait(false);
        if (await tx.First<string>("select id from rates_schedule limit 1", ct: ct).ConfigureAwait(false) is not null) return;
        var (id, now) = (Ids.New(clock), clock.GetUtcNow());
        await CardStore.Insert(tx, id, Texts.SeedName, CardState.Published, StaffId.System, FirstCard.Files(), now, ct).ConfigureAwait(false);
        await CardStore.Schedule(tx, Ids.New(clock), id, DateTimeOffset.UnixEpoch, StaffId.System, now, ct).ConfigureAwait(false);
    }, ct);
}
