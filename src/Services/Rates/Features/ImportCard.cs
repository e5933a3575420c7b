using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Staff;

namespace Courier.Services.Rates;

/// <summary>Takes the files of a new card. What is not uploaded stays as in the card that is in force after all that is planned; nothing is taken over when anything is wrong.</summary>
public static class ImportCard
{
    /// <summary>Nothing differs from the live card.</summary>
    public const string NothingChanged = "rates.nothing_changed";

    /// <summary>Checks the files without keeping anything.</summary>
    /// <param name="db">Where the live card lies.</param>
    /// <param name="book">Which is the live card.</param>
    /// <param name="divisions">Which places there are.</param>
    /// <param name="uploads">The files.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<CardImport> Preview(Db db, RateBook book, Divisions divisions, IReadOnlyList<UploadedFile> uploads, CancellationToken ct) =>
        (await Read(db, book, divisions, uploads, ct).ConfigureAwait(false)).Import;

    /// <summary>Keeps the files as a draft, when nothing is wrong with them.</summary>
    /// <param name="db">Where it is kept.</param>
    /// <param name="clock">The time.</param>
    /// <param name="book">Which is the live card.</param>
    /// <param name="divisions">Which places there are.</param>
    /// <param name="who">Its author, who cannot publish it.</param>
    /// <param name="name">What people call it, 1 to 60 characters.</param>
    /// <param name="uploads">The files.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="RuleBroken"><see cref="NothingChanged"/>.</exception>
    public static async Task<CardImport> Execute(
        Db db, TimeProvider clock, RateBook book, Divisions divisions, StaffId who, string name, IReadOnlyList<UploadedFile> uploads, CancellationToken ct)
    {
        var (import, files) = await Read(db, book, divisions, uploads, ct).ConfigureAwait(false);
        if (import.Faults.Count > 0) return import;
        if (import.Changes.Count == 0) throw new RuleBroken(NothingChanged, Texts.NothingChanged);
        var id = Ids.New(clock);
        await db.InTransaction(async tx =>
        {
            await CardStore.Insert(tx, id, name, CardState.Draft, who, files, clock.GetUtcNow(), ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, who, "rate_card.imported", "rate_card:" + id, $"{name}：{Texts.ChangeCount(import.Changes.Count)}", ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        return import with { Id = id };
    }

    private static async Task<(CardImport Import, IReadOnlyDictionary<string, string> Files)> Read(
        Db db, RateBook book, Divisions divisions, IReadOnlyList<UploadedFile> uploads, CancellationToken ct)
    {
        var live = await CardStore.Files(db, (await book.Latest(ct).ConfigureAwait(false)).Id, ct).ConfigureAwait(false);
        var files = live.ToDictionary();
        var faults = new FaultList();
        foreach (var upload in uploads)
        {
            if (CardLayout.Known(upload.Name) is not { } file) faults.AddUnknown(upload.Name);
            else if (upload.Text() is not { } text) faults.Add(file, CardTexts.NotText);
            else files[file] = text;
        }
        IReadOnlyList<CardFault> found = faults.All.Count > 0 ? faults.All : CardReader.Read(RateCard.DraftId, files, divisions).Faults;
        return (new CardImport(null, found, found.Count > 0 ? [] : CardDifference.Of(live, files)), files);
    }
}

/// <summary>What an import came to.</summary>
/// <param name="Id">The draft's id; null when nothing was kept.</param>
/// <param name="Faults">What is wrong; then nothing was kept.</param>
/// <param name="Changes">What differs from the live card.</param>
public sealed record CardImport(string? Id, IReadOnlyList<CardFault> Faults, IReadOnlyList<CardChange> Changes);
