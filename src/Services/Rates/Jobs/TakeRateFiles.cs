using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Folders;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Addresses;
using Courier.Services.Staff;

namespace Courier.Services.Rates;

/// <summary>The watched folder of rate files, kept as long as the process lives.</summary>
internal sealed class RatesInbox(RatesOptions options, DataDirectory data, TimeProvider clock)
{
    /// <summary>The folder; null when there is none.</summary>
    public WatchedFolder? Folder { get; } = options.InboxFolder.Length == 0 ? null : new(Path.Combine(data.Path, options.InboxFolder), clock, WatchedFolderLimits.Usual);
}

/// <summary>
/// Files of a rate card that are left in a folder (<c>rates_prices.csv</c>) become a draft each, as if an operator had uploaded them: what is
/// wrong is in the report, and people check, replay and publish it.
/// </summary>
internal sealed class TakeRateFiles(Db db, TimeProvider clock, RateBook book, Divisions divisions, RatesInbox inbox) : IScheduledJob
{
    private const int LongestName = 60;

    public Task Run(CancellationToken ct) => inbox.Folder?.TakeAll(Take, ct) ?? Task.CompletedTask;

    private async Task<FileOutcome> Take(WatchedFile file, CancellationToken ct)
    {
        // The card's name is the file's with the moment that it was taken: after a crash the draft that is there already is found by it.
        var name = Path.GetFileName(file.Path) is var whole && whole.Length > LongestName ? whole[..LongestName] : whole;
        if (await CardStore.HasNamed(db, name, ct).ConfigureAwait(false)) return FileOutcome.Taken(Texts.DraftMade(name), []);
        try
        {
            var upload = new UploadedFile(file.Name, await file.ReadAll(ct).ConfigureAwait(false));
            var import = await ImportCard.Execute(db, clock, book, divisions, StaffId.System, name, [upload], ct).ConfigureAwait(false);
            return import.Faults.Count == 0
                ? FileOutcome.Taken(Texts.DraftMade(name), [])
                : FileOutcome.Refused("file.faults", Texts.FileFaults(import.Faults.Count), [.. import.Faults.Select(f => new FileRemark(f.Row, f.Cell.Length > 0 ? f.Cell : f.Column, f.Message))]);
        }
        catch (RuleBroken same)
        {
            return FileOutcome.Refused(same.Code, same.Message);
        }
    }
}
