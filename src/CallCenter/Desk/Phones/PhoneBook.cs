using System.Collections.Frozen;
using System.Security.Cryptography;
using Courier.CallCenter.Switch;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Courier.Sip.Auth;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Phones;

/// <summary>
/// The telephones that may register, each with its secret: both hashes of RFC 8760, encrypted at rest, never the password. What the
/// network asks is answered from memory; <see cref="Load"/> brings it up to date.
/// </summary>
internal sealed class PhoneBook(Db db, DataKeys keys, TimeProvider clock, CallCenterOptions options, ILogger<PhoneBook> log)
{
    private const string All = "select phone_user as PhoneUser, secret_cipher as SecretCipher, realm as Realm, changed_at as ChangedAt from calls_phones order by phone_user";

    private FrozenDictionary<string, Entry> _entries = FrozenDictionary<string, Entry>.Empty;

    /// <summary>The secret of a telephone; null for an unknown one, one whose secret was made for another domain or cannot be read, and one whose owner is disabled.</summary>
    public DigestSecret? SecretOf(string user) => _entries.GetValueOrDefault(user) is { Owner: null or { Disabled: false } } entry ? entry.Secret : null;

    /// <summary>The telephones that there are, by name.</summary>
    public IEnumerable<PhoneUser> Users => _entries.Keys.Order(StringComparer.Ordinal).Select(u => PhoneUser.TryParse(u, null, out var user) ? user : default);

    /// <summary>Whether there is such a telephone.</summary>
    public bool Knows(PhoneUser user) => _entries.ContainsKey(user.Text);

    /// <summary>Whose it is: the account with the same name; null when there is none.</summary>
    public StaffMember? OwnerOf(PhoneUser user) => _entries.GetValueOrDefault(user.Text)?.Owner;

    /// <summary>Reads all of them.</summary>
    public async Task Load(CancellationToken ct)
    {
        var rows = await db.Query<PhoneRow>(All, ct: ct).ConfigureAwait(false);
        var owners = (await StaffAccounts.Named(db, [.. rows.Select(r => r.PhoneUser)], ct).ConfigureAwait(false)).ToDictionary(o => o.Name.Text);
        var read = rows.Where(r => r.Realm == options.Sip.Domain).Select(r => (r.PhoneUser, Secret: SecretIn(r))).ToList();
        if (read.Count(r => r.Secret is null) is > 0 and var lost) PhonesLog.SecretsUnreadable(log, lost);
        _entries = read.Where(r => r.Secret is not null).ToFrozenDictionary(r => r.PhoneUser, r => new Entry(r.Secret!, owners.GetValueOrDefault(r.PhoneUser)));
    }

    /// <summary>The telephones as administrators see them.</summary>
    public static Task<IReadOnlyList<PhoneRow>> List(Db db, CancellationToken ct) => db.Query<PhoneRow>(All, ct: ct);

    /// <summary>Gives a telephone its password, whether it is known or new.</summary>
    public Task Set(Tx tx, PhoneUser user, string password, StaffId by, CancellationToken ct) => tx.UpsertRows("calls_phones",
        ["phone_user", "secret_cipher", "realm", "changed_by", "changed_at"],
        [[user.Text, keys.Encrypt(Write(DigestSecret.Of(user.Text, options.Sip.Domain, password))), options.Sip.Domain, by.Text, clock.GetUtcNow()]],
        "phone_user", ["secret_cipher", "realm", "changed_by", "changed_at"], ct);

    /// <summary>Whether a telephone has this password; not, when its secret cannot be read any more.</summary>
    public bool HasPassword(PhoneRow phone, string password) => SecretIn(phone) == DigestSecret.Of(phone.PhoneUser, phone.Realm, password);

    /// <summary>Takes a telephone out; false when there is none.</summary>
    public static async Task<bool> Remove(Tx tx, PhoneUser user, CancellationToken ct) =>
        await tx.Execute("delete from calls_phones where phone_user = @user", new { user = user.Text }, ct).ConfigureAwait(false) > 0;

    private sealed record Entry(DigestSecret Secret, StaffMember? Owner);

    private static string Write(DigestSecret secret) => $"{secret.Md5}:{secret.Sha256}";

    // A secret made under a key that is configured no more is lost: that telephone needs a new password, the others must not wait for it.
    private DigestSecret? SecretIn(PhoneRow phone)
    {
        try
        {
            var text = keys.Decrypt(phone.SecretCipher);
            return new(text[..32], text[33..]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>A telephone as it lies in the table.</summary>
internal sealed record PhoneRow
{
    public required string PhoneUser { get; init; }

    public required string SecretCipher { get; init; }

    public required string Realm { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public override string ToString() => $"phone {PhoneUser}";
}

internal static partial class PhonesLog
{
    [LoggerMessage(LogLevel.Warning, "{Count} telephones cannot register until they get new passwords: their secrets cannot be read with Data:Keys")]
    public static partial void SecretsUnreadable(ILogger log, int count);
}
