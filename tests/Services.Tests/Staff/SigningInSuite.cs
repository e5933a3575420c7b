using Courier.Services.Staff;

namespace Courier.Services.Tests.Staff;

public sealed class SigningInOnSqlite(StaffOnSqlite staff) : SigningInSuite(staff), IClassFixture<StaffOnSqlite>;

public sealed class SigningInOnMariaDb(StaffOnMariaDb staff) : SigningInSuite(staff), IClassFixture<StaffOnMariaDb>;

public abstract class SigningInSuite(StaffDatabase staff)
{
    [Fact]
    public async Task The_right_password_opens_a_session_with_the_roles()
    {
        var member = await staff.AMember(StaffRole.Supervisor, StaffRole.Agent);

        var done = (await staff.SignIn(member.Name)).ShouldBeOfType<SignIn.Outcome.SignedIn>();

        done.Member.Roles.ShouldBe([StaffRole.Supervisor, StaffRole.Agent]);
        done.EndsAt.ShouldBe(staff.Clock.GetUtcNow().AddHours(12));
        (await staff.Session(done.Token))!.Member.Id.ShouldBe(member.Id);
    }

    [Fact]
    public async Task A_name_may_be_typed_in_capitals_and_with_spaces_around_it()
    {
        var member = await staff.AMember();

        var outcome = await SignIn.Execute(staff.Db, staff.Clock, staff.Options, $" {member.Name.Text.ToUpperInvariant()} ", StaffDatabase.Password, default);

        outcome.ShouldBeOfType<SignIn.Outcome.SignedIn>();
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_name_and_a_disabled_account_are_refused_alike()
    {
        var member = await staff.AMember();
        var gone = await staff.AMember();
        await staff.AMember(StaffRole.Admin);
        await DisableStaff.Execute(staff.Db, staff.Clock, StaffId.System, gone.Id, disabled: true, null, default);

        (await staff.SignIn(member.Name, "something else")).ShouldBe(new SignIn.Outcome.Refused());
        (await staff.SignIn(staff.NewName())).ShouldBe(new SignIn.Outcome.Refused());
        (await staff.SignIn(gone.Name)).ShouldBe(new SignIn.Outcome.Refused());
        (await staff.AuditOf(member)).Select(e => e.Action).ShouldBe(["staff.sign_in_refused", "staff.created"]);
    }

    [Fact]
    public async Task After_five_tries_even_the_right_password_waits_until_15_minutes_are_over()
    {
        var member = await staff.AMember();
        for (var i = 0; i < 4; i++) await staff.SignIn(member.Name, "wrong wrong wrong");
        staff.Clock.Advance(TimeSpan.FromMinutes(5));
        await staff.SignIn(member.Name, "wrong wrong wrong");

        (await staff.SignIn(member.Name)).ShouldBe(new SignIn.Outcome.TooManyTries(TimeSpan.FromMinutes(10)));
        staff.Clock.Advance(TimeSpan.FromMinutes(10));
        (await staff.SignIn(member.Name)).ShouldBeOfType<SignIn.Outcome.SignedIn>();
    }

    [Fact]
    public async Task Unknown_names_are_limited_like_known_ones()
    {
        var name = staff.NewName();
        for (var i = 0; i < 5; i++) (await staff.SignIn(name)).ShouldBeOfType<SignIn.Outcome.Refused>();

        (await staff.SignIn(name)).ShouldBeOfType<SignIn.Outcome.TooManyTries>();
    }

    [Fact]
    public async Task A_sign_in_that_succeeds_gives_all_tries_back()
    {
        var member = await staff.AMember();
        for (var i = 0; i < 4; i++) await staff.SignIn(member.Name, "wrong wrong wrong");
        await staff.SignedIn(member);
        for (var i = 0; i < 4; i++) await staff.SignIn(member.Name, "wrong wrong wrong");

        (await staff.SignIn(member.Name)).ShouldBeOfType<SignIn.Outcome.SignedIn>();
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_do_not_get_more_than_five_tries()
    {
        var member = await staff.AMember();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => staff.SignIn(member.Name, $"guess number {i}")));

        outcomes.Count(o => o is SignIn.Outcome.Refused).ShouldBe(5);
        outcomes.Count(o => o is SignIn.Outcome.TooManyTries).ShouldBe(15);
    }

    [Fact]
    public async Task A_hash_with_fewer_iterations_is_renewed_at_the_sign_in_and_still_fits()
    {
        var member = await staff.AMember();
        await staff.Db.Execute("update staff_accounts set password_hash = @hash where id = @Id", new { hash = PasswordHash.Of(StaffDatabase.Password, 1000), member.Id });

        await staff.SignedIn(member);

        var hash = await staff.Db.First<string>("select password_hash from staff_accounts where id = @Id", new { member.Id });
        hash!.ShouldStartWith("v1$600000$");
        await staff.SignedIn(member);
    }

    [Fact]
    public async Task A_session_ends_after_30_minutes_without_use()
    {
        var token = await staff.SignedIn(await staff.AMember());

        staff.Clock.Advance(TimeSpan.FromMinutes(29));
        (await staff.Session(token)).ShouldNotBeNull();
        staff.Clock.Advance(TimeSpan.FromMinutes(29));
        (await staff.Session(token)).ShouldNotBeNull();
        staff.Clock.Advance(TimeSpan.FromMinutes(30));
        (await staff.Session(token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_that_is_used_all_the_time_ends_after_12_hours()
    {
        var token = await staff.SignedIn(await staff.AMember());

        for (var i = 0; i < 35; i++)
        {
            staff.Clock.Advance(TimeSpan.FromMinutes(20));
            (await staff.Session(token)).ShouldNotBeNull();
        }
        staff.Clock.Advance(TimeSpan.FromMinutes(20));
        (await staff.Session(token)).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_is_on_record()
    {
        var member = await staff.AMember();
        var token = await staff.SignedIn(member);

        await StaffSessions.Close(staff.Db, staff.Clock, member.Id, (await staff.Session(token))!.Id, default);

        (await staff.Session(token)).ShouldBeNull();
        (await staff.AuditOf(member)).Select(e => e.Action).ShouldBe(["staff.signed_out", "staff.signed_in", "staff.created"]);
    }

    [Fact]
    public async Task Nobody_can_end_somebody_elses_session()
    {
        var token = await staff.SignedIn(await staff.AMember());
        var other = await staff.AMember();

        await StaffSessions.Close(staff.Db, staff.Clock, other.Id, (await staff.Session(token))!.Id, default);

        (await staff.Session(token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_token_itself_is_not_stored()
    {
        var token = await staff.SignedIn(await staff.AMember());

        var stored = await staff.Db.Query<string>("select token_hash from staff_sessions");

        stored.ShouldNotBeEmpty();
        stored.ShouldNotContain(token);
        stored.ShouldAllBe(hash => hash.Length == 64);
    }

    [Fact]
    public async Task Sessions_and_tries_that_count_no_more_are_purged()
    {
        var ended = await staff.SignedIn(await staff.AMember());
        await staff.SignIn(staff.NewName());
        staff.Clock.Advance(TimeSpan.FromMinutes(31));
        var open = await staff.SignedIn(await staff.AMember());

        await staff.App.RunJob("staff.purge_sessions");

        (await staff.Session(ended)).ShouldBeNull();
        (await staff.Session(open)).ShouldNotBeNull();
        (await staff.Db.First<long>("select count(*) from staff_sessions")).ShouldBe(1);
        (await staff.Db.First<long>("select count(*) from staff_sign_in_tries")).ShouldBe(0);
    }
}
