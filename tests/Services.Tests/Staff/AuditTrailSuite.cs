using Courier.Services.Staff;

namespace Courier.Services.Tests.Staff;

public sealed class AuditTrailOnSqlite(StaffOnSqlite staff) : AuditTrailSuite(staff), IClassFixture<StaffOnSqlite>;

public sealed class AuditTrailOnMariaDb(StaffOnMariaDb staff) : AuditTrailSuite(staff), IClassFixture<StaffOnMariaDb>;

public abstract class AuditTrailSuite(StaffDatabase staff)
{
    [Fact]
    public async Task Entries_that_are_written_at_the_same_moment_make_one_unbroken_chain()
    {
        var subject = $"test:{staff.NewName()}";

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Record("test.happened", subject, $"nr {i}")));

        var entries = await AuditTrail.List(staff.Db, new(Subject: subject), 50, default);
        entries.Count.ShouldBe(30);
        entries.Select(e => e.Sequence).ShouldBe(Enumerable.Range(0, 30).Select(i => entries[0].Sequence - i));
        (await AuditTrail.FirstBroken(staff.Db, default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_entry_goes_with_the_change_that_it_tells_of()
    {
        var subject = $"test:{staff.NewName()}";

        await Should.ThrowAsync<OperationCanceledException>(() => staff.Db.InTransaction(async tx =>
        {
            await Audit.Record(tx, staff.Clock, StaffId.System, "test.undone", subject, null, default);
            throw new OperationCanceledException();
        }));

        (await AuditTrail.List(staff.Db, new(Subject: subject), 50, default)).ShouldBeEmpty();
        (await AuditTrail.FirstBroken(staff.Db, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Entries_are_found_by_time_subject_and_person_and_come_in_pages()
    {
        var member = await staff.AMember();
        staff.Clock.Advance(TimeSpan.FromHours(1));
        var start = staff.Clock.GetUtcNow();
        var subject = $"test:{staff.NewName()}";
        for (var i = 0; i < 5; i++)
        {
            await staff.Db.InTransaction(tx => Audit.Record(tx, staff.Clock, member.Id, "test.happened", subject, $"nr {i}", default));
            staff.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await Reasons(new(Subject: subject))).ShouldBe(["nr 4", "nr 3", "nr 2", "nr 1", "nr 0"]);
        (await Reasons(new(Since: start.AddMinutes(1), Until: start.AddMinutes(3), Subject: subject))).ShouldBe(["nr 2", "nr 1"]);
        (await Reasons(new(Who: member.Id))).Count.ShouldBe(5);
        var page = await AuditTrail.List(staff.Db, new(Subject: subject), 2, default);
        (await Reasons(new(Subject: subject, Before: page[^1].Sequence))).ShouldBe(["nr 2", "nr 1", "nr 0"]);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_cut_and_never_refused()
    {
        var subject = $"test:{staff.NewName()}";

        await Record("test.happened", subject, new string('长', 600));

        (await Reasons(new(Subject: subject))).Single().Length.ShouldBe(500);
    }

    private Task Record(string action, string subject, string reason) =>
        staff.Db.InTransaction(tx => Audit.Record(tx, staff.Clock, StaffId.System, action, subject, reason, default));

    private async Task<IReadOnlyList<string>> Reasons(AuditTrail.Filter filter) =>
        [.. (await AuditTrail.List(staff.Db, filter, 50, default)).Select(e => e.Reason)];
}

/// <summary>Apart from the others, because the trail does not heal.</summary>
public sealed class TamperingWithTheAuditTrail : IClassFixture<StaffOnSqlite>
{
    private readonly StaffOnSqlite _staff;

    public TamperingWithTheAuditTrail(StaffOnSqlite staff) => _staff = staff;

    [Fact]
    public async Task A_changed_entry_a_missing_one_and_a_cut_end_are_found()
    {
        var before = await _staff.Db.First<long>("select count(*) from staff_audit"); // what the first start did
        for (var i = 1; i <= 5; i++)
            await _staff.Db.InTransaction(tx => Audit.Record(tx, _staff.Clock, StaffId.System, "test.happened", $"test:{i}", "as it was", default));
        (await AuditTrail.FirstBroken(_staff.Db, default)).ShouldBeNull();

        await _staff.Db.Execute("update staff_audit set reason = 'something nicer' where sequence = @fourth", new { fourth = before + 4 });
        (await AuditTrail.FirstBroken(_staff.Db, default)).ShouldBe(before + 4);
        await _staff.Db.Execute("update staff_audit set reason = 'as it was' where sequence = @fourth", new { fourth = before + 4 });
        (await AuditTrail.FirstBroken(_staff.Db, default)).ShouldBeNull();

        await _staff.Db.Execute("delete from staff_audit where sequence = @fifth", new { fifth = before + 5 });
        (await AuditTrail.FirstBroken(_staff.Db, default)).ShouldBe(before + 5);
        await _staff.Db.Execute("delete from staff_audit where sequence = @second", new { second = before + 2 });
        (await AuditTrail.FirstBroken(_staff.Db, default)).ShouldBe(before + 2);
    }
}
