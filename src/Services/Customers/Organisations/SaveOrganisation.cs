using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>What staff want an organisation to be.</summary>
/// <param name="Name">What people read, 1 to <see cref="LongestName"/> letters.</param>
/// <param name="CreditCode">The code that it is registered under.</param>
/// <param name="ContractNumber">Contract or monthly account: letters, digits and hyphens, at most <see cref="LongestNumber"/>; empty for none.</param>
public sealed record OrganisationDraft(string Name, CreditCode CreditCode, string ContractNumber)
{
    /// <summary>Longest name.</summary>
    public const int LongestName = 60;

    /// <summary>Longest contract number.</summary>
    public const int LongestNumber = 40;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public (string Field, string Message)? Problem() =>
        Name.Trim().Length is 0 or > LongestName ? ("name", Texts.OrganisationNameWrong)
        : ContractNumber.Length > LongestNumber || !ContractNumber.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? ("contractNumber", Texts.ContractNumberWrong)
        : null;
}

/// <summary>Staff create an organisation and change what is known about it.</summary>
public static class SaveOrganisation
{
    /// <summary>Creates it; the first owner is invited afterwards.</summary>
    /// <exception cref="RuleBroken"><c>organisation.code_taken</c>.</exception>
    public static Task<Organisation> Create(Db db, TimeProvider clock, OrganisationDraft draft, StaffId by, string reason, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var made = new Organisation
        {
            Id = Ids.New(clock), Name = draft.Name.Trim(), CreditCode = draft.CreditCode, ContractNumber = draft.ContractNumber, Version = 1, CreatedAt = clock.GetUtcNow(),
        };
        const string Insert =
            "insert into customers_organisations (id, name, credit_code, contract_number, version, created_at) values (@Id, @Name, @CreditCode, @ContractNumber, @Version, @CreatedAt)";
        if (!await tx.TryInsert(Insert, made, ct).ConfigureAwait(false)) throw CodeTaken();
        await Audit.Record(tx, clock, by, "organisation.created", "organisation:" + made.Id, reason, ct).ConfigureAwait(false);
        return made;
    }, ct);

    /// <summary>Changes it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="id">Which.</param>
    /// <param name="draft">What it is to be; without a problem.</param>
    /// <param name="version">The version that the member of staff saw.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Null when there is none with this id.</returns>
    /// <exception cref="RuleBroken"><c>organisation.code_taken</c>, <c>organisation.changed_meanwhile</c>.</exception>
    public static Task<Organisation?> Change(Db db, TimeProvider clock, string id, OrganisationDraft draft, long version, StaffId by, string reason, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (!await OrganisationActor.Staff(by, reason).Begin(tx, clock, id, "organisation.changed", ct).ConfigureAwait(false)) return null;
        if (await Organisations.Find(tx, id, ct).ConfigureAwait(false) is not { } before || before.Version != version + 1) throw new RuleBroken("organisation.changed_meanwhile", Texts.OrganisationChangedMeanwhile);
        if (await tx.First<string>("select id from customers_organisations where credit_code = @CreditCode and id <> @id", new { draft.CreditCode, id }, ct).ConfigureAwait(false) is not null) throw CodeTaken();
        var after = before with { Name = draft.Name.Trim(), CreditCode = draft.CreditCode, ContractNumber = draft.ContractNumber };
        await tx.Execute("update customers_organisations set name = @Name, credit_code = @CreditCode, contract_number = @ContractNumber where id = @Id", after, ct).ConfigureAwait(false);
        return after;
    }, ct);

    private static RuleBroken CodeTaken() => new("organisation.code_taken", Texts.CreditCodeTaken);
}
