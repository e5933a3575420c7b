using System.Security.Cryptography;
using Courier.CallCenter.Switch;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Phones;

/// <summary>The agents' telephones, for administrators. A password is shown once, when it is made.</summary>
internal static class PhoneEndpoints
{
    private const int ShortestPassword = 8, LongestPassword = 100, MadeBytes = 12;

    public static void Map(IEndpointRouteBuilder desk)
    {
        var phones = desk.MapGroup("/phones").ForStaff(RoleNames.Admin);
        phones.MapGet("", List);
        phones.MapPut("/{user}", Set);
        phones.MapPost("/{user}/secret", Reset);
        phones.MapPost("/{user}/remove", (PhoneUser user, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, PhoneBook book, Exchange exchange, CancellationToken ct) =>
            Remove(user, body, me, db, clock, book, exchange, ct));
    }

    private static async Task<PhonesView> List(Db db, CancellationToken ct)
    {
        var phones = await PhoneBook.List(db, ct).ConfigureAwait(false);
        var owners = (await StaffAccounts.Named(db, [.. phones.Select(p => p.PhoneUser)], ct).ConfigureAwait(false)).ToDictionary(o => o.Name.Text);
        return new([.. phones.Select(p => PhoneView.Of(p, owners.GetValueOrDefault(p.PhoneUser)))]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Set(
        PhoneUser user, SecretBody body, CurrentStaff me, Db db, TimeProvider clock, PhoneBook book, Exchange exchange, CancellationToken ct)
    {
        if (body.Password is not { Length: >= ShortestPassword and <= LongestPassword } password) throw new BadInput("password", Texts.PhonePasswordWrong);
        await Change(user, password, me, db, clock, book, exchange, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<SecretView> Reset(PhoneUser user, CurrentStaff me, Db db, TimeProvider clock, PhoneBook book, Exchange exchange, CancellationToken ct)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MadeBytes));
        await Change(user, password, me, db, clock, book, exchange, ct).ConfigureAwait(false);
        return new SecretView(user, password);
    }

    // Whoever has registered with the former password is not rung any more.
    private static async Task Change(PhoneUser user, string password, CurrentStaff me, Db db, TimeProvider clock, PhoneBook book, Exchange exchange, CancellationToken ct)
    {
        await db.InTransaction(async tx =>
        {
            await book.Set(tx, user, password, StaffId.Parse(me.Id), ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, StaffId.Parse(me.Id), "calls.set_phone_secret", "phone:" + user.Text, null, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        await book.Load(ct).ConfigureAwait(false);
        exchange.Unregister(user);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        PhoneUser user, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, PhoneBook book, Exchange exchange, CancellationToken ct)
    {
        var removed = await AuditedChange.Execute(tx => PhoneBook.Remove(tx, user, ct), "calls.remove_phone", "phone:" + user.Text, body, me, db, clock, ct).ConfigureAwait(false);
        await book.Load(ct).ConfigureAwait(false);
        exchange.Unregister(user);
        return removed;
    }

    internal sealed record SecretBody(string? Password)
    {
        public override string ToString() => "SecretBody";
    }

    internal sealed record SecretView(PhoneUser User, string Password)
    {
        public override string ToString() => $"SecretView {User}";
    }

    /// <summary>A telephone, and whose it is; without an account of its name it is nobody's.</summary>
    internal sealed record PhoneView(string User, string Domain, DateTimeOffset ChangedAt, string Owner, bool IsOwnerDisabled)
    {
        public static PhoneView Of(PhoneRow phone, StaffMember? owner) => new(phone.PhoneUser, phone.Realm, phone.ChangedAt, owner?.DisplayName ?? "", owner?.Disabled == true);
    }

    internal sealed record PhonesView(IReadOnlyList<PhoneView> Phones);
}
