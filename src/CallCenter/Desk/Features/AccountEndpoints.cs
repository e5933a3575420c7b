using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Accounts of staff, for administrators.</summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var accounts = desk.MapGroup("/accounts").ForStaff(RoleNames.Admin);
        accounts.MapGet("", List);
        accounts.MapPost("", Create);
        accounts.MapPost("/{id}/disable", (StaffId id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
            Done(DisableStaff.Execute(db, clock, StaffId.Parse(me.Id), id, disabled: true, body.Checked(), ct)));
        accounts.MapPost("/{id}/enable", (StaffId id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
            Done(DisableStaff.Execute(db, clock, StaffId.Parse(me.Id), id, disabled: false, body.Checked(), ct)));
        accounts.MapPost("/{id}/password", (StaffId id, NewPasswordBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
            Done(ResetPassword.Execute(db, clock, StaffId.Parse(me.Id), id, body.Password, ct)));
        accounts.MapPut("/{id}/roles", (StaffId id, RolesBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct) =>
            Done(ChangeRoles.Execute(db, clock, StaffId.Parse(me.Id), id, body.Roles, ct)));
    }

    private static async Task<Page<MemberView>> List(PageRequest page, Db db, CancellationToken ct)
    {
        StaffName? after = page.After is null ? null : StaffName.TryParse(page.After, null, out var name) ? name : throw new BadInput("cursor", Texts.CursorWrong);
        var members = await StaffAccounts.List(db, after, page.Limit, ct).ConfigureAwait(false);
        return Page<MemberView>.Of([.. members.Select(MemberView.Of)], members.Count == page.Limit ? members[^1].Name.Text : null);
    }

    private static async Task<Created<MemberView>> Create(CreateBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct)
    {
        var request = new CreateStaff.Request(body.Name, body.DisplayName, body.Roles, body.Password);
        var id = await CreateStaff.Execute(db, clock, StaffId.Parse(me.Id), request, ct).ConfigureAwait(false);
        var member = await StaffAccounts.Find(db, id, ct).ConfigureAwait(false);
        return TypedResults.Created($"{DeskModule.Prefix}/accounts/{id}", MemberView.Of(member!));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Done(Task<bool> found) =>
        await found.ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound();

    internal sealed record CreateBody(StaffName Name, string DisplayName, IReadOnlyList<StaffRole> Roles, string Password)
    {
        public override string ToString() => $"CreateBody {Name}";
    }

    internal sealed record NewPasswordBody(string Password)
    {
        public override string ToString() => "NewPasswordBody";
    }

    internal sealed record RolesBody(IReadOnlyList<StaffRole> Roles);
}
