using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Customers.Imports;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Tests.Customers;

/// <summary>Customers are taken over from other systems, each field with its source and date: the same on both databases.</summary>
public abstract class ImportSuite(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Heading = "id,name,phone,email,province,city,address,updated_at\n";

    private static readonly StaffId Agent = StaffId.Parse(new string('e', 32));

    private readonly ImportsOptions _sources = [];
    private Stage _stage = null!;
    private int _people;

    public async Task InitializeAsync() => _stage = await Stage.Set(provider, options: [_sources]);

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task New_customers_are_taken_over_with_source_and_date_and_the_same_file_twice_changes_nothing()
    {
        var crm = AFolder("crm");
        const string rows = Heading + "A1,张三,13800000001,zs@example.com,浙江省,杭州市,西湖区文三路1号,2026-11-01 08:00\nA2,李四,,,,,,\n";
        var run = await Import(crm, "customers.csv", rows);
        (run.State, run.RowsTotal, run.RowsNew, run.RowsRejected).ShouldBe((ImportState.Done, 2, 2, 0));
        var fields = await FieldsOf("crm", "A1");
        fields.Select(f => (f.Field, f.Value)).ShouldBe(
        [
            (CustomerField.Name, "张三"), (CustomerField.Phone, "13800000001"), (CustomerField.Email, "zs@example.com"),
            (CustomerField.Province, "浙江省"), (CustomerField.City, "杭州市"), (CustomerField.Address, "西湖区文三路1号"),
        ]);
        fields.ShouldAllBe(f => f.Origin == FieldOrigin.Import && f.Source == "crm" && f.At == new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.FromHours(8)));
        Directory.GetFiles(InFolder(crm, "done"), "*-customers.csv").ShouldHaveSingleItem();
        (await ReportIn(crm, "done")).ShouldContain("新客户");

        var before = await Everything();
        var again = await Import(crm, "customers.csv", rows);
        (again.RowsUnchanged, again.RowsDone, again.Quality).ShouldBe((2, 0, null));
        (await Everything()).ShouldBe(before);
        Directory.GetFiles(InFolder(crm, "done"), "*-customers.csv").Length.ShouldBe(2);

        // Another file with the same rows changes nothing either: the keys are known.
        var other = await Import(crm, "more.csv", rows + "A3,王五,,,,,,\n");
        (other.RowsNew, other.RowsUnchanged).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_file_is_taken_when_it_has_stayed_as_it_is_and_by_its_schedule_only()
    {
        var crm = AFolder("slow");
        var path = InFolder(crm, "big.csv");
        await File.WriteAllTextAsync(path, Heading + "A1,张三,,");
        await Pass(TimeSpan.FromMinutes(1));
        await File.WriteAllTextAsync(path, Heading + "A1,张三,,,,,,\n");
        await Pass(TimeSpan.FromSeconds(9));
        File.Exists(path).ShouldBeTrue("it has just changed");
        await Pass(TimeSpan.FromSeconds(15));
        await Pass(TimeSpan.FromSeconds(15));
        File.Exists(path).ShouldBeFalse();
        (await Last(crm)).RowsNew.ShouldBe(1);
        await File.WriteAllTextAsync(InFolder(crm, "half.csv.tmp"), Heading);
        await Pass(TimeSpan.FromMinutes(2));
        File.Exists(InFolder(crm, "half.csv.tmp")).ShouldBeTrue("whoever writes it will rename it");
    }

    [Fact]
    public async Task GBK_is_read_by_itself_and_named_headings_of_the_other_system_too()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        var erp = AFolder("erp") with { Columns = new() { ["KUNNR"] = "id", ["NAME1"] = "name" } };
        _sources[^1] = erp;
        await Import(erp, "gbk.csv", gbk.GetBytes("KUNNR,NAME1,手机,备注\n1001,\"欧阳, 小明\",０１３８－００００－００００,无\n1002,诸葛亮,13900000000,\n"));
        (await FieldsOf("erp", "1002")).Select(f => f.Value).ShouldBe(["诸葛亮", "13900000000"]);
        var run = await Last(erp);
        run.Notes.ShouldContain("备注");
        (run.RowsNew, run.RowsRejected).ShouldBe((1, 1));
        (await LinesOf(run)).Single(l => l.Outcome == ImportOutcome.Rejected).ShouldSatisfyAllConditions(l => l.Row.ShouldBe(2), l => l.Column.ShouldBe("手机"));
    }

    [Fact]
    public async Task Bad_rows_are_named_by_row_and_column_and_the_others_are_taken()
    {
        var crm = AFolder("bad");
        var run = await Import(crm, "bad.csv", Heading +
            "A1,=HYPERLINK(\"http://x\"),13800000001,,,,,\n" +
            "A2,李四,not a number,,,,,\n" +
            "A3,\"王五,,,,,,\n" +
            "A4,赵六,+86 138-0000-0004,,,,,\n" +
            "A5,孙七,,nobody,,,,2099-01-01\n" +
            ",周八,,,,,,\n" +
            "A7,吴九\n" +
            "A8," + new string('长', 300) + ",,,,,,\n" +
            ",,,,,,,\n" +
            "A9,\"郑\"\"十\"\"\",=\"13800000009\",,,,,\n" +
            "A10,钱,+1+cmd|'/C calc'!A0,,,,,\n");
        (run.RowsTotal, run.RowsNew, run.RowsRejected).ShouldBe((10, 2, 8));
        (await LinesOf(run)).Where(l => l.Outcome == ImportOutcome.Rejected).Select(l => (l.Row, l.Column)).ShouldBe(
            [(2, "name"), (3, "phone"), (4, "name"), (6, "updated_at"), (6, "email"), (7, "id"), (8, ""), (9, "name"), (12, "phone")]);
        (await FieldsOf("bad", "A9")).Select(f => f.Value).ShouldBe(["郑\"十\"", "13800000009"]);
        (await FieldsOf("bad", "A4")).Last().Value.ShouldBe("13800000004");
        var report = await ReportIn(crm, "done");
        report.ShouldContain("2,name,单元格里是公式");
        report.ShouldNotContain("HYPERLINK");
        run.Quality!.Validity.ShouldBe(200);
    }

    [Theory]
    [InlineData("name,phone\n张三,13800000001\n", "编号")]
    [InlineData("id,remark\n1,x\n", "可以导入的列")]
    [InlineData("id,name,姓名\n1,x,y\n", "两列")]
    [InlineData("", "空的")]
    [InlineData("id,name\n1,a\n2,b\n3,c\n4,d\n", "超过 3 行")]
    [InlineData("id,name\n1,\u0000\n", "编码")]
    public async Task A_file_that_is_none_is_refused_whole_and_says_why(string content, string why)
    {
        var crm = AFolder("refused") with { MostRows = 3 };
        _sources[^1] = crm;
        var run = await Import(crm, "x.csv", content);
        (run.State, run.RowsDone).ShouldBe((ImportState.Failed, 0));
        run.Failure.ShouldContain(why);
        (await ReportIn(crm, "failed")).ShouldContain(why);
        (await _stage.Db.First<long>("select count(*) from customers_customers")).ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_goes_on_where_it_was_and_counts_every_row_once()
    {
        var crm = AFolder("cut");
        var rows = new StringBuilder(Heading);
        for (var i = 1; i <= 1200; i++) rows.Append($"C{i},客户{i},,,,,,\n");
        await File.WriteAllTextAsync(InFolder(crm, "many.csv"), rows.ToString());
        await Pass(TimeSpan.FromMinutes(1));
        await _stage.Db.Execute(provider == DatabaseProvider.Sqlite
            ? "create trigger crash before insert on customers_import_links when new.external_id = 'C700' begin select raise(abort, 'crash'); end"
            : "create trigger crash before insert on customers_import_links for each row begin if new.external_id = 'C700' then signal sqlstate '45000' set message_text = 'crash'; end if; end");
        (await Record.ExceptionAsync(() => Pass(TimeSpan.FromSeconds(15)))).ShouldNotBeNull("the second portion is cut off");
        var cut = await Last(crm);
        (cut.State, cut.RowsDone, cut.RowsNew, cut.RowsTotal).ShouldBe((ImportState.Running, 500, 500, 1200));
        await _stage.Db.Execute("drop trigger crash");

        await using var another = _stage.AnotherProcess();
        await another.Run<RunImports>();
        var run = await Last(crm);
        (run.State, run.RowsDone, run.RowsNew, run.Id).ShouldBe((ImportState.Done, 1200, 1200, cut.Id));
        (await _stage.Db.First<long>("select count(*) from customers_customers")).ShouldBe(1200);
        Directory.GetFiles(InFolder(crm, "done"), "*-many.csv").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_agents_newer_word_stays_until_somebody_decides_and_an_older_one_gives_way()
    {
        var crm = AFolder("conflict");
        await Import(crm, "1.csv", Heading + "A1,张三,,,,杭州市,,2026-11-01\n");
        var customer = await CustomerOf("conflict", "A1");
        (await CorrectField.Execute(_stage.Db, _stage.Keys, _stage.Clock, customer, CustomerField.Name, "张山", Agent, "客户来电", default)).ShouldBeTrue();

        var run = await Import(crm, "2.csv", Heading + "A1,张三,,,,宁波市,,2026-11-20\n");
        (run.RowsConflict, run.RowsChanged).ShouldBe((1, 0));
        (await Value(customer, CustomerField.Name)).ShouldBe(("张山", FieldOrigin.Agent));
        (await Value(customer, CustomerField.City)).ShouldBe(("宁波市", FieldOrigin.Import), "the other field of the row is taken");
        var conflict = (await Open()).ShouldHaveSingleItem();
        (conflict.Ours!.Value, conflict.Theirs, conflict.Source).ShouldBe(("张山", "张三", "conflict"));

        // Kept: the same word asks nobody again, whatever its date; the source learns what is right.
        (await ImportConflicts.Decide(_stage.Db, _stage.Keys, _stage.Clock, conflict.Id, takeTheirs: false, Agent, "客户确认", default)).ShouldBeTrue();
        (await ImportConflicts.Decide(_stage.Db, _stage.Keys, _stage.Clock, conflict.Id, takeTheirs: true, Agent, "twice", default)).ShouldBeFalse();
        _stage.Clock.Sleep(TimeSpan.FromDays(3));
        (await Import(crm, "3.csv", Heading + "A1,张三,,,,宁波市,,2026-11-24\n")).RowsConflict.ShouldBe(0);
        (await Open()).ShouldBeEmpty();

        // Another word that is newer than the agent's is taken; one without a date is not.
        (await Import(crm, "4.csv", Heading + "A1,张珊,,,,宁波市,,\n")).RowsConflict.ShouldBe(1);
        conflict = (await Open()).ShouldHaveSingleItem();
        (await ImportConflicts.Decide(_stage.Db, _stage.Keys, _stage.Clock, conflict.Id, takeTheirs: true, Agent, "身份证", default)).ShouldBeTrue();
        (await Value(customer, CustomerField.Name)).ShouldBe(("张珊", FieldOrigin.Import));
        (await _stage.Db.Query<string>("select action from staff_audit where action like 'import.conflict%' order by sequence")).ShouldBe(["import.conflict_kept", "import.conflict_taken"]);
    }

    [Fact]
    public async Task A_word_that_an_agent_put_right_is_no_news_when_its_row_is_dated_anew_and_another_word_is()
    {
        var crm = AFolder("news");
        await Import(crm, "1.csv", Heading + "A1,张三,,,,,,2026-11-01\n");
        var customer = await CustomerOf("news", "A1");
        await CorrectField.Execute(_stage.Db, _stage.Keys, _stage.Clock, customer, CustomerField.Name, "张山", Agent, "客户来电", default);
        _stage.Clock.Sleep(TimeSpan.FromDays(5));
        (await Import(crm, "2.csv", Heading + "A1,张三,,,,,,2026-11-25\n")).RowsConflict.ShouldBe(1);
        (await Import(crm, "3.csv", Heading + "A1,张小山,,,,,,2026-11-26\n")).RowsChanged.ShouldBe(1);
        (await Value(customer, CustomerField.Name)).ShouldBe(("张小山", FieldOrigin.Import));
        (await Open()).ShouldBeEmpty("the newer word settled it");
    }

    [Fact]
    public async Task Among_systems_trust_decides_and_among_equals_the_newer_word()
    {
        var (strong, weak, equal) = (AFolder("strong", trust: 80), AFolder("weak", trust: 20), AFolder("equal", trust: 80));
        var phone = NewPhone();
        var customer = await AProven(phone);
        await Import(weak, "1.csv", Heading + $"W1,甲,{phone.Text},,,,,2026-11-20\n");
        (await Value(customer, CustomerField.Name)).ShouldBe(("甲", FieldOrigin.Import));
        await Import(strong, "1.csv", "id,phone,company\nS1," + phone.Text + ",顺达\n");
        await Import(strong, "2.csv", Heading + $"S1,乙,{phone.Text},,,,,2026-11-10\n");
        (await Value(customer, CustomerField.Name)).Item1.ShouldBe("乙", "more trust wins, whatever the date");
        var kept = await Import(weak, "2.csv", Heading + $"W1,丙,{phone.Text},,,,,2026-11-05\n");
        (kept.RowsUnchanged, (await LinesOf(kept)).Single().Outcome).ShouldBe((1, ImportOutcome.Kept));
        (await Import(weak, "3.csv", Heading + $"W1,丁,{phone.Text},,,,,2026-11-21\n")).RowsConflict.ShouldBe(1, "weaker but newer: a person decides");
        await Import(equal, "1.csv", "id,phone\nE1," + phone.Text + "\n");
        (await Import(equal, "2.csv", Heading + $"E1,戊,{phone.Text},,,,,2026-11-12\n")).RowsChanged.ShouldBe(1);
        (await Import(strong, "3.csv", Heading + $"S1,己,{phone.Text},,,,,2026-11-11\n")).RowsConflict.ShouldBe(1);
        (await Value(customer, CustomerField.Name)).Item1.ShouldBe("戊");
    }

    [Fact]
    public async Task Equal_numbers_are_listed_and_merge_nobody()
    {
        var crm = AFolder("doubles");
        var (mine, shared, unproven) = (NewPhone(), NewPhone(), NewPhone());
        var me = await AProven(mine);
        var (father, daughter) = (await AProven(shared), await AProven(shared));
        var run = await Import(crm, "1.csv", Heading
            + $"A1,本人,{mine.Text},,,,,\nA2,别人,{mine.Text},,,,,\n"
            + $"A3,谁家,{shared.Text},,,,,\n"
            + $"A4,夫,{unproven.Text},,,,,\nA5,妻,{unproven.Text},,,,,\n"
            + $"A4,夫,{unproven.Text},,,,,\n");
        (run.RowsChanged, run.RowsNew, run.RowsDuplicate).ShouldBe((1, 1, 4));
        (await CustomerOf("doubles", "A1")).ShouldBe(me, "who alone proved the number lately is the one");
        var own = await Task.WhenAll(((string[])["A2", "A3", "A4", "A5"]).Select(id => CustomerOf("doubles", id)));
        own.Distinct().Count().ShouldBe(4, "each has a record of its own");
        own.ShouldNotContain(me);
        own.ShouldNotContain(father);
        own.ShouldNotContain(daughter);
        (await LinesOf(run)).Where(l => l.Outcome == ImportOutcome.Duplicate).Select(l => (l.Row, l.Column)).ShouldBe([(3, "phone"), (4, "phone"), (6, "phone"), (7, "")]);
    }

    [Fact]
    public async Task Who_proved_the_number_long_ago_or_has_another_name_is_not_taken_for_the_same()
    {
        var crm = AFolder("guess");
        var (old, named) = (NewPhone(), NewPhone());
        var before = await AProven(old);
        _stage.Clock.Sleep(TimeSpan.FromDays(91));
        var known = await AProven(named);
        await CorrectField.Execute(_stage.Db, _stage.Keys, _stage.Clock, known, CustomerField.Name, "母亲", Agent, "客户来电", default);
        (await Import(crm, "1.csv", Heading + $"A1,某人,{old.Text},,,,,\nA2,女儿,{named.Text},,,,,\n")).RowsDuplicate.ShouldBe(2);
        (await CustomerOf("guess", "A1")).ShouldNotBe(before);
        (await CustomerOf("guess", "A2")).ShouldNotBe(known);
    }

    [Fact]
    public async Task A_merge_takes_the_record_along_and_back_and_of_two_rows_one_speaks()
    {
        var crm = AFolder("merged");
        var (one, two) = (NewPhone(), NewPhone());
        var (older, newer) = (await AProven(one, "union-" + one.Tail), await AProven(two));
        await Import(crm, "1.csv", Heading + $"A1,甲,{one.Text},,,,,2026-11-01\nA2,乙,{two.Text},,,宁波市,,2026-11-01\n");
        (await CustomerOf("merged", "A2")).ShouldBe(newer);
        await RecogniseCustomer.Execute(_stage.Db, _stage.Clock, new WechatIdentity("wx-import", OpenId.Parse("person-" + two.Tail), "union-" + one.Tail), default);
        (await CustomerOf("merged", "A2")).ShouldBe(older);
        (await Value(older, CustomerField.Name)).Item1.ShouldBe("甲", "the older record's word stands");
        (await Value(older, CustomerField.City)).Item1.ShouldBe("宁波市");
        var run = await Import(crm, "2.csv", Heading + $"A1,甲甲,{one.Text},,,,,2026-11-02\nA2,乙乙,{two.Text},,,,,2026-11-03\n");
        (run.RowsChanged, run.RowsDuplicate).ShouldBe((1, 1));
        (await Value(older, CustomerField.Name)).Item1.ShouldBe("甲甲");

        var merge = (await ListMerges.Execute(_stage.Db, null, 10, default)).Single();
        await UndoMerge.Execute(_stage.Db, _stage.Clock, new CustomersOptions(), merge.Id, Agent, "两个人", default);
        (await CustomerOf("merged", "A2")).ShouldBe(newer);
        (await Value(newer, CustomerField.Name)).Item1.ShouldBe("乙");
        (await Value(newer, CustomerField.City)).Item1.ShouldBe("宁波市");
    }

    [Fact]
    public async Task An_export_holds_the_record_and_an_erased_person_is_not_taken_over_again()
    {
        var crm = AFolder("gone");
        await Import(crm, "1.csv", Heading + "A1,张三,13800000001,,,,,2026-11-01\nA2,李四,,,,,,\n");
        var customer = await CustomerOf("gone", "A1");
        await CorrectField.Execute(_stage.Db, _stage.Keys, _stage.Clock, customer, CustomerField.Name, "张山", Agent, "客户来电", default);
        await Import(crm, "2.csv", Heading + "A1,张三,13800000002,,,,,2026-11-01\n");
        var export = (await ExportCustomer.Execute(_stage.Db, _stage.Get<IEnumerable<IPersonalData>>(), customer, default)).ToJsonString(KernelJson.Options);
        foreach (var word in (string[])["张山", "张三", "13800000002", "A1", "gone", "agent", "import"]) export.ShouldContain(word);

        await EraseCustomer.Ask(_stage.Db, _stage.Keys, _stage.Alarm, _stage.Clock, new(ErasureOrigin.Customer, ErasureScope.Everything, "x") { Customer = customer }, default);
        await Sweep();
        var run = await Import(crm, "3.csv", Heading + "A1,张三,13800000001,,,,,2026-11-02\nA2,李四,,,,,,\n");
        (run.RowsRejected, run.RowsUnchanged).ShouldBe((1, 1));
        (await LinesOf(run)).Single(l => l.Outcome == ImportOutcome.Rejected).What.ShouldContain("删除");
        foreach (var table in (string[])["customers_fields", "customers_import_lines", "customers_import_conflicts", "customers_import_links"])
            (await _stage.Db.First<long>($"select count(*) from {table} where customer_id = @customer", new { customer })).ShouldBe(0, table);
        (await _stage.Db.First<long>("select count(*) from customers_import_links where external_id = 'A1'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_is_fetched_signed_only_when_it_changed_and_a_failure_is_seen_until_it_is_over()
    {
        await using var far = await FarSystem.Start();
        _sources.Add(new() { Name = "far", Url = far.Address + "export/customers.csv", Key = "courier", Secret = "a secret of sixteen", Schedule = "0 0/5 * * * ?", MostBytes = 4096, Timeout = TimeSpan.FromSeconds(2) });
        far.Body = Heading + "F1,远方,,,,,,\n";
        await Pass(TimeSpan.FromSeconds(15));
        far.Requests.ShouldBe(0, "the first time comes by the schedule too");
        await Pass(TimeSpan.FromMinutes(5));
        (await Last(_sources[^1])).ShouldSatisfyAllConditions(r => r.RowsNew.ShouldBe(1), r => r.FileName.ShouldBe("customers.csv"));
        far.LastSignature.ShouldBe(RequestSignature.Of("a secret of sixteen", far.LastTimestamp, []));
        await Pass(TimeSpan.FromMinutes(5));
        (far.Requests, far.NotModified).ShouldBe((2, 1));

        far.Status = 503;
        await Pass(TimeSpan.FromMinutes(5));
        await Pass(TimeSpan.FromMinutes(5));
        var standing = (await ImportSources.List(_stage.Db, _sources, default)).Single(s => s.Source.Name == "far");
        (standing.Failures, standing.Failure).ShouldBe((2, "HTTP 503"));
        (far.Status, far.Body) = (200, Heading + "F1," + new string('x', 5000));
        await Pass(TimeSpan.FromMinutes(5));
        (await ImportSources.List(_stage.Db, _sources, default)).Single(s => s.Source.Name == "far").Failure.ShouldContain("超过");
        far.Status = 302;
        await Pass(TimeSpan.FromMinutes(5));
        (await ImportSources.List(_stage.Db, _sources, default)).Single(s => s.Source.Name == "far").Failure.ShouldBe("HTTP 302");

        (far.Status, far.Body) = (200, Heading + "F1,远方,,,,绍兴市,,\n");
        await ImportSources.Want(_stage.Db, _stage.Clock, _sources, _stage.Alarm, "far", Agent, default);
        _stage.Alarm.Rung.ShouldContain(ImportSources.JobName);
        await _stage.Run<RunImports>();
        standing = (await ImportSources.List(_stage.Db, _sources, default)).Single(s => s.Source.Name == "far");
        (standing.Failures, standing.Failure, standing.WantedBy).ShouldBe((0, "", ""));
        (await Last(_sources[^1])).ShouldSatisfyAllConditions(r => r.RowsChanged.ShouldBe(1), r => r.StartedBy.ShouldBe(Agent.Text));
        Directory.GetFiles(Path.Combine(_stage.Get<Courier.Kernel.Modules.DataDirectory>().Path, "imports", "far")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Quality_is_the_mean_of_the_rows_and_has_a_trend()
    {
        var crm = AFolder("quality");
        await Import(crm, "1.csv", Heading + "A1,张三,13800000001,,浙江省,杭州市,文三路,2026-11-20\nA2,,,,,杭州市,,2025-01-01\n");
        var first = (await Last(crm)).Quality!;
        first.ShouldBe(new RecordQuality(600, 1000, 500, 1000));
        first.Score.ShouldBe(765);
        await Import(crm, "2.csv", Heading + "A1,张三,13800000001,,浙江省,杭州市,文三路,2026-11-20\nA2,李四,13800000002,,浙江省,杭州市,文一路,2026-11-21\n");
        var trend = await ImportRuns.Trend(_stage.Db, "quality", 30, default);
        trend.Select(r => r.Quality!.Score).ShouldBe([765, 1000]);
        var worst = await ImportLinks.Worst(_stage.Db, "quality", 10, default);
        worst.Select(l => l.Score).ShouldBe([1000, 1000]);
        var fields = await FieldsOf("quality", "A1");
        RecordQuality.Of(fields, 1, _stage.Clock.GetUtcNow()).ShouldBe(new RecordQuality(1000, 1000, 1000, 800));
    }

    [Fact]
    public async Task A_correction_and_an_approved_wish_are_told_as_events_that_name_no_value()
    {
        var customer = await AProven(NewPhone());
        await CorrectField.Execute(_stage.Db, _stage.Keys, _stage.Clock, customer, CustomerField.Company, "顺达公司", Agent, "名片", default);
        var asked = await PrivacyRequests.AskCorrection(_stage.Db, _stage.Keys, _stage.Clock, customer, "name", "王小明", default);
        (await PrivacyRequests.AnswerCorrection(_stage.Db, _stage.Keys, _stage.Clock, asked.Receipt, true, "已更正", Agent, default)).ShouldBeTrue();
        (await Value(customer, CustomerField.Name)).ShouldBe(("王小明", FieldOrigin.Customer));
        var wrong = await PrivacyRequests.AskCorrection(_stage.Db, _stage.Keys, _stage.Clock, customer, "phone", "none", default);
        (await Should.ThrowAsync<RuleBroken>(PrivacyRequests.AnswerCorrection(_stage.Db, _stage.Keys, _stage.Clock, wrong.Receipt, true, "x", Agent, default))).Code.ShouldBe("customer.field_invalid");
        var told = await _stage.Db.Query<string>("select body from outbox_messages where name = 'customer.corrected.v1' order by version");
        told.Count.ShouldBe(2);
        told.ShouldAllBe(b => b.Contains(customer.Text) && !b.Contains("顺达") && !b.Contains("王小明"));
    }

    [Fact]
    public async Task Files_go_after_a_month_reports_after_three_and_runs_after_a_year()
    {
        var crm = AFolder("old");
        var run = await Import(crm, "1.csv", Heading + "A1,张三,,,,,,\n");
        _stage.Clock.Sleep(TimeSpan.FromDays(31));
        await _stage.Run<PurgeImports>();
        Directory.GetFiles(InFolder(crm, "done")).ShouldBeEmpty();
        (await LinesOf(run)).ShouldHaveSingleItem();
        _stage.Clock.Sleep(TimeSpan.FromDays(60));
        await _stage.Run<PurgeImports>();
        (await LinesOf(run)).ShouldBeEmpty();
        (await Last(crm)).Id.ShouldBe(run.Id);
        _stage.Clock.Sleep(TimeSpan.FromDays(310));
        await _stage.Run<PurgeImports>();
        (await ImportRuns.Find(_stage.Db, run.Id, default)).ShouldBeNull();
        (await FieldsOf("old", "A1")).ShouldHaveSingleItem();
    }

    private ImportSource AFolder(string name, int trust = 50)
    {
        _sources.Add(new() { Name = name, Folder = "inbox/" + name, Trust = trust });
        _sources.Problems().ShouldBeEmpty();
        Directory.CreateDirectory(InFolder(_sources[^1], ""));
        return _sources[^1];
    }

    private string InFolder(ImportSource source, string name) => Path.Combine(_stage.Get<Courier.Kernel.Modules.DataDirectory>().Path, source.Folder, name);

    private Task<string> ReportIn(ImportSource source, string folder) => File.ReadAllTextAsync(Directory.GetFiles(InFolder(source, folder), "*.report.csv").ShouldHaveSingleItem());

    private Task<ImportRun> Import(ImportSource source, string file, string content) => Import(source, file, Encoding.UTF8.GetBytes(content));

    private async Task<ImportRun> Import(ImportSource source, string file, byte[] content)
    {
        await File.WriteAllBytesAsync(InFolder(source, file), content);
        await Pass(TimeSpan.FromMinutes(1)); // sees it
        await Pass(TimeSpan.FromSeconds(15)); // it stayed as it is
        return await Last(source);
    }

    private async Task Pass(TimeSpan time)
    {
        _stage.Clock.Advance(time);
        await _stage.Run<RunImports>();
    }

    private async Task<ImportRun> Last(ImportSource source) => (await ImportRuns.List(_stage.Db, source.Name, null, 1, default)).ShouldHaveSingleItem();

    private Task<IReadOnlyList<ImportLine>> LinesOf(ImportRun run) => ImportRuns.Lines(_stage.Db, _stage.Keys, run.Id, null, null, 1000, default);

    private Task<IReadOnlyList<ImportConflict>> Open() => ImportConflicts.Open(_stage.Db, _stage.Keys, null, null, null, 100, default);

    private async Task<CustomerId> CustomerOf(string source, string id) => CustomerId.Parse((await _stage.Db.First<string>(
        "select customer_id from customers_import_links where source = @source and external_id = @id", new { source, id })).ShouldNotBeNull($"{id} of {source} is linked to nobody"));

    private async Task<IReadOnlyList<RecordedField>> FieldsOf(string source, string id) => await CustomerFields.Of(_stage.Db, _stage.Keys, await CustomerOf(source, id), default);

    private async Task<(string, FieldOrigin)> Value(CustomerId customer, CustomerField field) =>
        (await CustomerFields.Find(_stage.Db, _stage.Keys, customer, field, default)).ShouldNotBeNull() is var f ? (f.Value, f.Origin) : default;

    private Phone NewPhone() => Phone.Parse($"1370000{1000 + Interlocked.Increment(ref _people)}");

    private async Task<CustomerId> AProven(Phone phone, string? union = null)
    {
        _stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var name = OpenId.Parse($"person-{phone.Tail}{(await _stage.Db.First<long>("select count(*) from customers_identities where openid like @like", new { like = $"person-{phone.Tail}%" }) is > 0 and var n ? "-" + n : "")}");
        var customer = await RecogniseCustomer.Execute(_stage.Db, _stage.Clock, new WechatIdentity("wx-import", name, union), default);
        await BindPhone.Execute(_stage.Db, _stage.Keys, _stage.Clock, customer, phone, PhoneSource.Sms, default);
        return customer;
    }

    private async Task<string> Everything()
    {
        var fields = await _stage.Db.Query<string>("select value_cipher from customers_fields order by customer_id, field");
        var customers = await _stage.Db.Query<string>("select id from customers_customers order by id");
        return string.Join('|', fields) + string.Join('|', customers) + await _stage.Db.First<long>("select count(*) from outbox_messages");
    }

    private async Task Sweep()
    {
        for (var i = 0; i < 2; i++)
        {
            await _stage.Run<EraseCustomers>();
            _stage.Clock.Advance(TimeSpan.FromMinutes(11));
        }
    }

    /// <summary>Another company's server.</summary>
    private sealed class FarSystem : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private FarSystem(WebApplication app) => _app = app;

        public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";
        public string Body { get; set; } = "";
        public int Status { get; set; } = 200;
        public int Requests { get; private set; }
        public int NotModified { get; private set; }
        public string LastSignature { get; private set; } = "";
        public string LastTimestamp { get; private set; } = "";

        public static async Task<FarSystem> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var far = new FarSystem(builder.Build());
            far._app.MapGet("/export/customers.csv", far.Answer);
            await far._app.StartAsync();
            return far;
        }

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();

        private IResult Answer(HttpContext context)
        {
            Requests++;
            (LastSignature, LastTimestamp) = (context.Request.Headers["X-Courier-Signature"].ToString(), context.Request.Headers["X-Courier-Timestamp"].ToString());
            if (Status == 302) return Results.Redirect("/elsewhere");
            if (Status != 200) return Results.StatusCode(Status);
            var tag = $"\"{Body.GetHashCode(StringComparison.Ordinal):x}\"";
            context.Response.Headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch != tag) return Results.Bytes(Encoding.UTF8.GetBytes(Body), "text/csv");
            NotModified++;
            return Results.StatusCode(304);
        }
    }
}

public sealed class ImportingCustomersOnSqlite() : ImportSuite(DatabaseProvider.Sqlite);

public sealed class ImportingCustomersOnMariaDb() : ImportSuite(DatabaseProvider.MySql);
