using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>Who asked for an erasure.</summary>
public enum ErasureOrigin
{
    /// <summary>WeChat: the person took an authorisation back.</summary>
    WechatRevoked,

    /// <summary>WeChat: the person closed the account.</summary>
    WechatCancelled,

    /// <summary>The customer, in the privacy centre.</summary>
    Customer,

    /// <summary>A member of staff, on the customer's wish.</summary>
    Staff,
}

/// <summary>A wish to have data erased.</summary>
/// <param name="Origin">Whose wish.</param>
/// <param name="What">What is to go.</param>
/// <param name="Key">The same for repeats of the same wish.</param>
public sealed record ErasureRequest(ErasureOrigin Origin, ErasureScope What, string Key)
{
    /// <summary>The customer, when known by id.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The person, when known by a WeChat name.</summary>
    public WechatName? Wechat { get; init; }

    /// <summary>The receipt's number when one was given out before; null for a new one.</summary>
    public string? Receipt { get; init; }

    /// <summary>Who of the staff did it; nobody for the product itself.</summary>
    public StaffId By { get; init; } = StaffId.System;
}

/// <summary>
/// Erases a person, or some kinds of data of a person, from all capabilities. The wish is kept first, and with it, when the whole
/// person goes, the customer, the names, numbers and sessions are gone at once: whoever writes again is somebody new. The job
/// <c>customers.erase</c> then goes through all capabilities, and a second time ten minutes later for what was under way.
/// </summary>
public static class EraseCustomer
{
    /// <summary>The job that goes through the capabilities.</summary>
    public const string JobName = "customers.erase";

    private const string Known = "select receipt from customers_erasures where request_key = @key";

    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Keeps the wish, once.</summary>
    /// <returns>The receipt's number: <c>E20261122-7K3MPQ9X</c>. A repeat gets the same one.</returns>
    public static async Task<string> Ask(Db db, DataKeys keys, IJobAlarm alarm, TimeProvider clock, ErasureRequest request, CancellationToken ct)
    {
        var key = keys.Hash("erasure/" + request.Key);
        var spare = request.Receipt ?? NewReceipt(clock);
        return await db.InTransaction(async tx =>
        {
            if (await tx.First<string>(Known, new { key }, ct).ConfigureAwait(false) is { } kept) return kept;
            var subject = await PersonalSubjects.Of(tx, request.Customer, request.Wechat, ct).ConfigureAwait(false);
            var cipher = keys.Encrypt(JsonSerializer.Serialize(subject, KernelJson.Options));
            var now = clock.GetUtcNow();
            var isFirst = await tx.TryInsert(
                """
                insert into customers_erasures (id, receipt, request_key, origin, kinds, subject_cipher, state, asked_at, next_at)
                values (@id, @spare, @key, @origin, @kinds, @cipher, 'asked', @now, @now)
                """,
                new { id = Ids.New(clock), spare, key, origin = EnumText<ErasureOrigin>.Of(request.Origin), kinds = request.What.ToString(), cipher, now }, ct).ConfigureAwait(false);
            if (!isFirst) return (await tx.First<string>(Known, new { key }, ct).ConfigureAwait(false))!; // told twice at the same time
            await CustomersPersonalData.EraseIn(tx, subject, request.What, ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, request.By, "customer.erasure_asked", "erasure:" + spare, $"{EnumText<ErasureOrigin>.Of(request.Origin)}: {request.What}", ct).ConfigureAwait(false);
            tx.AfterCommit(() => alarm.Wake(JobName));
            return spare;
        }, ct).ConfigureAwait(false);
    }

    /// <summary>What became of a wish; null when there is no such receipt.</summary>
    public static Task<ErasureReceipt?> Find(ISqlReader db, string receipt, CancellationToken ct) => db.First<ErasureReceipt>(
        """
        select receipt as Receipt, kinds as Kinds, asked_at as AskedAt, done_at as DoneAt, rows_erased as RowsErased
        from customers_erasures where receipt = @receipt
        """, new { receipt }, ct);

    private static string NewReceipt(TimeProvider clock)
    {
        var text = new StringBuilder("E").Append(ChinaTime.Day(clock.GetUtcNow()).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)).Append('-');
        return text.Append(RandomNumberGenerator.GetString(Letters, 8)).ToString();
    }
}

/// <summary>A receipt; it says nothing about the person.</summary>
public sealed record ErasureReceipt
{
    /// <summary>Its number.</summary>
    public required string Receipt { get; init; }

    /// <summary><c>everything</c>, or the kinds with commas.</summary>
    public required string Kinds { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the last trace was gone; null until then.</summary>
    public required DateTimeOffset? DoneAt { get; init; }

    /// <summary>How many rows were deleted or emptied.</summary>
    public required long RowsErased { get; init; }
}
