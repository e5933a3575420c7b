using System.Security.Cryptography;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>What a customer asks for about their data.</summary>
public enum PrivacyRequestKind
{
    /// <summary>A copy of everything.</summary>
    Export,

    /// <summary>The end of the account.</summary>
    Closure,

    /// <summary>Something is wrong and to be put right.</summary>
    Correction,
}

/// <summary>Where a request stands.</summary>
public enum PrivacyRequestState
{
    /// <summary>Staff have to do something.</summary>
    Asked,

    /// <summary>A closure that can still be undone.</summary>
    Waiting,

    /// <summary>The customer undid it.</summary>
    Undone,

    /// <summary>It was carried out; a closure: the erasure has begun.</summary>
    Done,

    /// <summary>It was refused, with a reason.</summary>
    Refused,
}

/// <summary>A request with its receipt.</summary>
public sealed record PrivacyRequest
{
    /// <summary>Number of the receipt.</summary>
    public required string Receipt { get; init; }

    /// <summary>What was asked for.</summary>
    public required PrivacyRequestKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required PrivacyRequestState State { get; init; }

    /// <summary>Of a correction: which field; empty otherwise.</summary>
    public required string Field { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Of a closure: until when it can be undone; of a correction: until when staff answer.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>What staff answered; empty when nothing.</summary>
    public required string Answer { get; init; }
}

/// <summary>A correction as staff see it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Value">What it should be.</param>
public sealed record AskedCorrection(PrivacyRequest Request, string Customer, string Value);

/// <summary>Keeps what customers ask for about their data, each with a receipt (PIPL 44 to 50).</summary>
public static class PrivacyRequests
{
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int MostExportsADay = 5, MostOpenCorrections = 10;

    private const string Columns = "receipt as Receipt, kind as Kind, state as State, field as Field, asked_at as AskedAt, due_at as DueAt, ended_at as EndedAt, answer as Answer";

    /// <summary>The customer's requests, the latest first, at most fifty.</summary>
    public static Task<IReadOnlyList<PrivacyRequest>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        db.Query<PrivacyRequest>($"select {Columns} from customers_requests where customer_id = @customer order by asked_at desc, receipt limit 50", new { customer }, ct);

    /// <summary>One by its receipt; it says nothing about the person. Null when there is none.</summary>
    public static Task<PrivacyRequest?> Find(ISqlReader db, string receipt, CancellationToken ct) =>
        db.First<PrivacyRequest>($"select {Columns} from customers_requests where receipt = @receipt", new { receipt }, ct);

    /// <summary>Writes down that a copy was given out.</summary>
    /// <exception cref="RuleBroken"><c>privacy.export_too_often</c>: five a day.</exception>
    public static Task<string> RecordExport(Db db, TimeProvider clock, CustomerId customer, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        var lately = await tx.First<long>("select count(*) from customers_requests where customer_id = @customer and kind = 'export' and asked_at > @day", new { customer, day = now.AddDays(-1) }, ct).ConfigureAwait(false);
        if (lately >= MostExportsADay) throw new RuleBroken("privacy.export_too_often", Texts.ExportTooOften);
        return (await Insert(tx, customer, PrivacyRequestKind.Export, PrivacyRequestState.Done, "", "", now, null, ct).ConfigureAwait(false)).Receipt;
    }, ct);

    /// <summary>The customer wants the account closed; until it is due it can be undone. Asking again gives the same receipt.</summary>
    public static Task<PrivacyRequest> AskClosure(Db db, TimeProvider clock, CustomersOptions options, CustomerId customer, CancellationToken ct) => db.InTransaction(async tx =>
    {
        // Locks the customer: two requests at the same moment are one closure.
        await tx.Execute("update customers_customers set version = version + 1 where id = @customer", new { customer }, ct).ConfigureAwait(false);
        if (await tx.First<PrivacyRequest>($"select {Columns} from customers_requests where customer_id = @customer and kind = 'closure' and state = 'waiting'", new { customer }, ct).ConfigureAwait(false) is { } asked)
            return asked;
        var now = clock.GetUtcNow();
        var closure = await Insert(tx, customer, PrivacyRequestKind.Closure, PrivacyRequestState.Waiting, "", "", now, now.AddDays(options.ClosureDays), ct).ConfigureAwait(false);
        await Audit.Record(tx, clock, StaffId.System, "customer.closure_asked", "receipt:" + closure.Receipt, null, ct).ConfigureAwait(false);
        return closure;
    }, ct);

    /// <summary>The customer stays after all.</summary>
    /// <exception cref="RuleBroken"><c>privacy.no_closure</c>: none can be undone.</exception>
    public static Task UndoClosure(Db db, TimeProvider clock, CustomerId customer, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var undone = await tx.Execute("update customers_requests set state = 'undone', ended_at = @now where customer_id = @customer and kind = 'closure' and state = 'waiting'",
            new { customer, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        if (undone == 0) throw new RuleBroken("privacy.no_closure", Texts.NoClosure);
    }, ct);

    /// <summary>The customer says that something is wrong; staff put it right within fifteen days.</summary>
    /// <exception cref="RuleBroken"><c>privacy.too_many_corrections</c>: ten are open.</exception>
    public static Task<PrivacyRequest> AskCorrection(Db db, DataKeys keys, TimeProvider clock, CustomerId customer, string field, string value, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var open = await tx.First<long>("select count(*) from customers_requests where customer_id = @customer and kind = 'correction' and state = 'asked'", new { customer }, ct).ConfigureAwait(false);
        if (open >= MostOpenCorrections) throw new RuleBroken("privacy.too_many_corrections", Texts.TooManyCorrections);
        var now = clock.GetUtcNow();
        return await Insert(tx, customer, PrivacyRequestKind.Correction, PrivacyRequestState.Asked, field, keys.Encrypt(value), now, now.AddDays(15), ct).ConfigureAwait(false);
    }, ct);

    /// <summary>Corrections that wait for staff, the oldest first.</summary>
    public static async Task<IReadOnlyList<AskedCorrection>> OpenCorrections(ISqlReader db, DataKeys keys, CancellationToken ct) =>
        [.. (await db.Query<CorrectionRow>($"select {Columns}, customer_id as Customer, value_cipher as Cipher from customers_requests where kind = 'correction' and state = 'asked' order by due_at limit 100", ct: ct)
            .ConfigureAwait(false)).Select(r => new AskedCorrection(r.Open(), r.Customer, keys.Decrypt(r.Cipher)))];

    /// <summary>Staff agree, or say why not. A field of the record takes the value as the customer's own word; anything else they put right themselves.</summary>
    /// <returns>False when no such correction waits.</returns>
    /// <exception cref="RuleBroken"><c>customer.field_invalid</c>: the value does not look like the field; it can only be refused.</exception>
    public static Task<bool> AnswerCorrection(Db db, DataKeys keys, TimeProvider clock, string receipt, bool isDone, string answer, StaffId by, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var asked = await tx.First<CorrectionRow>(
            $"select {Columns}, customer_id as Customer, value_cipher as Cipher from customers_requests where receipt = @receipt and kind = 'correction' and state = 'asked'", new { receipt }, ct).ConfigureAwait(false);
        if (isDone && asked is not null && CustomerId.TryParse(asked.Customer, null, out var customer) && EnumText<CustomerField>.TryParse(asked.Field, out var field))
            await CorrectField.Apply(tx, keys, clock, customer, field, keys.Decrypt(asked.Cipher), FieldOrigin.Customer, by, ct).ConfigureAwait(false);
        var changed = await tx.Execute(
            "update customers_requests set state = @state, answer = @answer, done_by = @by, ended_at = @now, value_cipher = '' where receipt = @receipt and kind = 'correction' and state = 'asked'",
            new { receipt, answer, by = by.Text, now = clock.GetUtcNow(), state = isDone ? PrivacyRequestState.Done : PrivacyRequestState.Refused }, ct).ConfigureAwait(false);
        if (changed == 0) return false;
        await Audit.Record(tx, clock, by, isDone ? "customer.corrected" : "customer.correction_refused", "receipt:" + receipt, answer, ct).ConfigureAwait(false);
        return true;
    }, ct);

    private static async Task<PrivacyRequest> Insert(
        Tx tx, CustomerId customer, PrivacyRequestKind kind, PrivacyRequestState state, string field, string cipher, DateTimeOffset now, DateTimeOffset? due, CancellationToken ct)
    {
        var letter = kind switch { PrivacyRequestKind.Export => 'C', PrivacyRequestKind.Closure => 'E', PrivacyRequestKind.Correction => 'R' };
        var receipt = $"{letter}{ChinaTime.Day(now).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetString(Letters, 8)}";
        DateTimeOffset? ended = state == PrivacyRequestState.Done ? now : null;
        await tx.Execute(
            """
            insert into customers_requests (receipt, customer_id, kind, state, field, value_cipher, asked_at, due_at, ended_at, answer, done_by)
            values (@receipt, @customer, @kind, @state, @field, @cipher, @now, @due, @ended, '', '')
            """, new { receipt, customer, kind, state, field, cipher, now, due, ended }, ct).ConfigureAwait(false);
        return new PrivacyRequest { Receipt = receipt, Kind = kind, State = state, Field = field, AskedAt = now, DueAt = due, EndedAt = ended, Answer = "" };
    }

    private sealed record CorrectionRow
    {
        public required string Receipt { get; init; }
        public required PrivacyRequestKind Kind { get; init; }
        public required PrivacyRequestState State { get; init; }
        public required string Field { get; init; }
        public required DateTimeOffset AskedAt { get; init; }
        public required DateTimeOffset? DueAt { get; init; }
        public required DateTimeOffset? EndedAt { get; init; }
        public required string Answer { get; init; }
        public required string Customer { get; init; }
        public required string Cipher { get; init; }

        public PrivacyRequest Open() => new() { Receipt = Receipt, Kind = Kind, State = State, Field = Field, AskedAt = AskedAt, DueAt = DueAt, EndedAt = EndedAt, Answer = Answer };
    }
}

/// <summary>Begins the erasure of accounts whose time to think it over is up.</summary>
internal sealed class CloseAccounts(Db db, DataKeys keys, IJobAlarm alarm, TimeProvider clock) : IScheduledJob
{
    public const string JobName = "customers.close_accounts";

    private const string Due = "select receipt as Receipt, customer_id as Customer from customers_requests where kind = 'closure' and state = 'waiting' and due_at <= @now order by due_at limit 50";

    public async Task Run(CancellationToken ct)
    {
        foreach (var closure in await db.Query<Row>(Due, new { now = clock.GetUtcNow() }, ct).ConfigureAwait(false))
        {
            // The wish is kept under the receipt's number: a crash between the two steps asks again and gets the same.
            var wish = new ErasureRequest(ErasureOrigin.Customer, ErasureScope.Everything, "closure/" + closure.Receipt) { Customer = closure.Customer, Receipt = closure.Receipt };
            await EraseCustomer.Ask(db, keys, alarm, clock, wish, ct).ConfigureAwait(false);
            await db.Execute("update customers_requests set state = 'done', ended_at = @now where receipt = @Receipt and state = 'waiting'",
                new { closure.Receipt, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        }
    }

    private sealed record Row
    {
        public required string Receipt { get; init; }
        public required CustomerId Customer { get; init; }
    }
}
