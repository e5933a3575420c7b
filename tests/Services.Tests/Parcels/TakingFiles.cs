using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Folders;
using Courier.Services.Parcels;
using Courier.Services.Rates;

namespace Courier.Services.Tests.Parcels;

/// <summary>Waybills, route events and rates that systems without HTTP leave in a folder, on both databases.</summary>
public abstract class FilesSuite(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Waybills = "运单号,寄件人,寄件电话,收件人,收件电话,收件省,收件市,收件地址,重量（克）\n";

    private Stage _stage = null!;

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(provider, null, new ParcelsOptions { Inbox = new InboxOptions { Folder = "in", Core = "core" } }, new RatesOptions { InboxFolder = "in/rates" });
        await _stage.Begin<LoadFirstCard>();
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task Waybills_in_gbk_are_registered_and_each_wrong_line_is_told()
    {
        await Take("waybills", "today.csv", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(
            Waybills + "FILE000001,王小明,13700001111,李雷,13800002222,上海市,上海市,世纪大道 2 号,800\nFILE000002,王小明,123,李雷,13800002222,上海市,上海市,世纪大道 2 号,800\n\n"
            + "FILE000003,王小明,13700001111,李雷,13800002222,上海市,上海市,世纪大道 2 号,重\n"));
        (await _stage.Db.Query<string>("select waybill from parcels_parcels")).ShouldBe(["FILE000001"]);
        (await Report("waybills", "done")).ShouldBe([["", "file.taken", "新增 1 行，已有 0 行，拒收 2 行"], ["3", "sender.phone_invalid", "*"], ["5", "weight.invalid", "*"]]);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_says_so()
    {
        var file = Encoding.UTF8.GetBytes(Waybills + "FILE000001,王小明,13700001111,李雷,13800002222,上海市,上海市,世纪大道 2 号,800\n");
        await Take("waybills", "a.csv", file);
        await Take("waybills", "a.csv", file);
        (await _stage.Db.First<long>("select count(*) from parcels_parcels")).ShouldBe(1);
        (await Report("waybills", "done"))[0][2].ShouldBe("新增 0 行，已有 1 行，拒收 0 行");
    }

    [Fact]
    public async Task Routes_move_parcels_and_a_file_that_was_begun_before_a_crash_is_taken_again()
    {
        await Take("waybills", "a.csv", Encoding.UTF8.GetBytes(Waybills + "FILE000001,王小明,13700001111,李雷,13800002222,上海市,上海市,世纪大道 2 号,800\n"));
        var time = _stage.Clock.GetUtcNow().AddHours(-1).ToString("yyyy-MM-ddTHH:mm:sszzz");
        var routes = Encoding.UTF8.GetBytes($"\uFEFFid,waybill,code,time,city,text\ne1,FILE000001,picked_up,{time},杭州市,\"已揽收,\"\"小心\"\"\"\ne2,FILE999999,picked_up,{time},杭州市,x\n");
        Directory.CreateDirectory(Folder("routes", "working"));
        await File.WriteAllBytesAsync(Path.Combine(Folder("routes", "working"), "20261122T000000000-r.csv"), routes); // as a process left it that died
        await _stage.Run<TakeInboxFiles>();
        (await _stage.Db.First<string>("select status from parcels_states")).ShouldBe("picked_up");
        (await Report("routes", "done")).ShouldBe([["", "file.taken", "新增 1 行，已有 0 行，拒收 1 行"], ["3", "waybill.unknown", "*"]]);
        await Take("routes", "r.csv", routes);
        (await Report("routes", "done"))[0][2].ShouldBe("新增 0 行，已有 1 行，拒收 1 行");
        (await _stage.Db.First<long>("select count(*) from parcels_events")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_table_or_lacks_columns_is_refused_as_a_whole()
    {
        await Take("waybills", "a.csv", [0x50, 0x4B, 0x03, 0x04, 0x00, 0x00]);
        (await Report("waybills", "failed"))[0][1].ShouldBe("file.not_text");
        await Take("waybills", "b.csv", "运单号,寄件人\n"u8.ToArray());
        (await Report("waybills", "failed"))[0].ShouldBe(["", "file.columns_missing", "第一行缺少这些列：sender_phone、recipient_name、recipient_phone"]);
        await Take("routes", "c.csv", []);
        (await Report("routes", "failed"))[0][1].ShouldBe("file.empty");
    }

    [Fact]
    public async Task A_rate_file_becomes_a_draft_once_and_faults_are_told_by_their_cell()
    {
        var live = (await _stage.Db.First<string>("select content from rates_card_files where name = 'prices' limit 1"))!;
        await Leave("rates", "rates_prices.csv", Encoding.UTF8.GetBytes(live.TrimEnd() + "\nnonsense\n"));
        await Look<TakeRateFiles>();
        (await Report("rates", "failed"))[0][1].ShouldBe("file.faults");
        (await Drafts()).ShouldBeEmpty();

        var lines = live.Replace("\r", "").TrimEnd().Split('\n');
        var dearer = string.Join('\n', lines.Select((l, i) => i == 1 ? Dearer(l) : l)) + "\n";
        await Leave("rates", "rates_prices.csv", Encoding.UTF8.GetBytes(dearer));
        await Look<TakeRateFiles>();
        var draft = (await Drafts()).ShouldHaveSingleItem();
        draft.ShouldEndWith("-rates_prices.csv");
        var done = Directory.GetFiles(Folder("rates", "done")).Single(f => !f.EndsWith(WatchedFolder.ReportEnding, StringComparison.Ordinal));
        File.Delete(done + WatchedFolder.ReportEnding);
        File.Move(done, Path.Combine(Folder("rates", "working"), Path.GetFileName(done))); // as after a crash before the report
        await _stage.Run<TakeRateFiles>();
        (await Drafts()).ShouldBe([draft]);
    }

    // The last number of the line, one more.
    private static string Dearer(string line)
    {
        var fields = line.Split(',');
        for (var i = fields.Length - 1; i >= 0; i--)
            if (decimal.TryParse(fields[i], out var number) && number > 0)
            {
                fields[i] = (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
                break;
            }
        return string.Join(',', fields);
    }

    private async Task<IReadOnlyList<string>> Drafts() => await _stage.Db.Query<string>("select name from rates_cards where state = 'draft' order by name");

    private async Task Take(string kind, string name, byte[] content)
    {
        await Leave(kind, name, content);
        await Look<TakeInboxFiles>();
    }

    private async Task Look<TJob>() where TJob : Courier.Kernel.Jobs.IScheduledJob
    {
        await _stage.Run<TJob>();
        _stage.Clock.Advance(TimeSpan.FromSeconds(6));
        await _stage.Run<TJob>();
    }

    private async Task Leave(string kind, string name, byte[] content)
    {
        Directory.CreateDirectory(Folder(kind, ""));
        await File.WriteAllBytesAsync(Path.Combine(Folder(kind, ""), name), content);
    }

    // The newest report below its heading; what a message says is not judged.
    private async Task<string[][]> Report(string kind, string folder)
    {
        var newest = Directory.GetFiles(Folder(kind, folder), "*" + WatchedFolder.ReportEnding).Order(StringComparer.Ordinal).Last();
        using var reader = new StringReader(await File.ReadAllTextAsync(newest));
        return [.. Csv.Records(reader).Skip(1).Select(r => r.Fields[0].Length == 0 ? r.Fields.ToArray() : [r.Fields[0], r.Fields[1], "*"])];
    }

    private string Folder(string kind, string folder) => Path.Combine(_stage.Get<Courier.Kernel.Modules.DataDirectory>().Path, "in", kind, folder);
}

public sealed class FilesOnSqlite() : FilesSuite(DatabaseProvider.Sqlite);

public sealed class FilesOnMariaDb() : FilesSuite(DatabaseProvider.MySql);
