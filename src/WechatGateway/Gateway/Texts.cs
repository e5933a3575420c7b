using System.Globalization;
using System.Text;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Notifications;
using Courier.Services.Parcels;

namespace Courier.WechatGateway;

/// <summary>Everything that customers read in the chat, except what the capabilities say themselves.</summary>
internal static class Texts
{
    // WeChat takes 2048; a welcome, or what was heard, may stand before it.
    private const int MostGuidanceBytes = 1640;

    public const string Failed = "抱歉，系统开小差了，这条没有处理成功。请过一分钟再发一次，或回复“人工”找客服。";
    public const string Spooled = "系统正在恢复，暂时查不到数据。您刚发的内容我已经记下，恢复后马上处理并回复您，不用重复发送。";
    public const string GuidanceHead = "您可以直接把运单号发给我（也可以用菜单扫面单条码），或者：";
    public const string GuidanceTail = "需要人帮忙，随时回复“人工”。";
    public const string NotUnderstood = "这句话我还不太明白。";
    public const string Picture = "图片收到了，已为您保存。我还不会看图：想问图里的东西能不能寄，请告诉我它是什么，例如“充电宝能寄吗”；查快递请把运单号打字发给我，或用菜单里的“扫一扫”扫面单条码；需要客服看图请回复“人工”，客服能直接看到这张图。";
    public const string WhichGoods = "请告诉我是什么东西，例如“充电宝能寄吗”，我马上查能不能寄、怎么包装、多少钱。照片我认不出来，发过的照片都留在会话里；需要客服看图请回复“人工”。";
    public const string Voice = "语音收到了，可惜我没能听清内容。麻烦打字告诉我，例如直接发运单号；也可以回复“人工”，客服能直接听到这条语音。";
    public const string Video = "视频收到了，不过我还不会看视频。请用文字说明情况；需要客服查看请回复“人工”。";
    public const string Link = "链接收到了，不过我打不开外面的网页。如果是查快递，请直接发运单号；需要客服帮忙请回复“人工”。";
    public const string File = "文件收到了，不过我还不会看文件。请用文字说明情况；需要客服查看请回复“人工”。";
    public const string Card = "小程序卡片收到了。如果是查快递，请直接发运单号；需要客服帮忙请回复“人工”。";
    public const string NoPlace = "没有拿到您的位置。请点聊天框右下角的“＋”，选“位置”再发一次。";
    public const string NothingNearby = "您附近暂时没有我们的网点和快递柜。可以换个地点再发一次，或回复“人工”，请客服帮您想办法。";
    public const string ScanUnreadable = "没有从这个码里找到运单号。请对准面单上的条码再扫一次，或把运单号打字发给我。";
    public const string NoParties = "没有找到您可以核对的快递。请先绑定手机号（发送“绑定手机”加手机号），或在数字 1 后面加上运单号，例如：1 CY1234567890128。";
    public const string PartiesFoot = "为保护隐私，姓名、电话和地址只显示一部分。收件信息有误请回复“更正”。";
    public const string NoParcels = "您名下还没有快递。把运单号发给我就能查；绑定手机号后，寄给您和您寄出的快递会自动出现在这里，发送“绑定手机”加手机号即可。";
    public const string NoParcelsOfMyPhone = "您名下还没有快递。寄给您和您寄出的快递会自动出现在这里；别的快递把运单号发给我就能查。";
    public const string BindHow = "请发送“绑定手机”加上您的手机号，例如：绑定手机 13800000001。我们会发一条短信验证码核对。";
    public const string BindNoPhone = "这个手机号好像不对，请检查后再发，例如：绑定手机 13800000001。";
    public const string NotWaiting = "现在没有人工会话。直接发运单号就可以查快递；需要客服请回复“人工”。";
    public const string LeftHuman = "已退出人工服务，我们回到自助查询。直接发运单号就可以查快递；还需要客服请回复“人工”。";
    public const string SixDigits = "如果这是短信验证码：它已经用过或过期了，请重新发送“绑定手机”加手机号获取。\n如果是运单号，请对照面单把完整的号码再发一次；需要帮忙请回复“人工”。";
    public const string LoginAgain = "登录已失效，请重新登录。";
    public const string LoginRefused = "微信暂时不允许该账号登录，请稍后再试。";
    public const string LoginBusy = "微信正忙，请稍后再试。";
    public const string ScopeWrong = "scope 只能是 base 或 userinfo。";
    public const string ReturnUrlWrong = "returnUrl 只能是本站的路径。";
    public const string PageUrlWrong = "请提供页面的完整地址。";
    public const string PageNotOurs = "只能为本站的页面签名。";
    public const string SignInTitle = "微信登录";
    public const string SignInLost = "登录没有完成：链接已失效，或不是从这个浏览器发起的。";
    public const string SnapshotOnly = "您正在浏览页面快照。请点击页面右下角的“使用完整服务”，再重新登录。";
    public const string SigningIn = "正在登录，请稍候…";
    public const string SignInAgain = "重新登录";
    public const string PhoneAbroad = "目前只支持中国大陆的手机号。";

    public const string WhichParcel = "您名下没有在途的快递。请把运单号发给我（也可以用菜单扫面单条码），我马上告诉您到哪了、大概什么时候到；需要人帮忙请回复“人工”。";
    public const string MoreOfMine = "更早的快递请回复“我的快递”查看。";
    public const string UrgeHow = "要催办请回复“人工”，客服会联系网点核实，并把答复告诉您。";
    public const string NoneOfWeather = "目前没有因天气影响收寄和派送的公告。您在途的快件：";

    public const string NoIncidents = "目前没有影响收寄和派送的公告，快件正常运行。想看自己的快件到哪了，把运单号发给我就行。";

    public static string NoHolidayNotice(string hotline) =>
        $"目前没有节假日停收停派的公告，就我们所知照常收寄和派送，个别网点和地方可能有调整，以网点答复为准。要确认请回复“人工”{(hotline.Length > 0 ? $"，或拨打 {hotline}" : "")}。";

    public static string NoIncidentsIn(string place) => $"{place}目前没有影响收寄和派送的公告。想看自己的快件到哪了，把运单号发给我就行。";

    public static string NoIncidentsOf(string happening, string place) => $"{place}目前没有因{happening}影响收寄和派送的公告。想看自己的快件到哪了，把运单号发给我就行。";

    public static string YourIncidents(string list) => $"您的快件可能受以下情况影响：\n{list}\n发送运单号可以看最新进展，需要帮忙请回复“人工”。";

    public static string AllIncidents(string list) => $"目前的公告：\n{list}\n把运单号发给我，我看看您的快件有没有受影响。";
    public static string Heard(string words, string answer) => $"听到的是：“{(words.Length > 60 ? words[..60] + "…" : words)}”\n{answer}";

    public const string ShareWhich = "请在“分享”后面加上运单号，例如：分享 CY1234567890128。";
    public const string ShareTakenBack = "分享链接已取消，别人打不开了。";
    public const string NothingShared = "现在没有有效的分享链接。";

    public static string ShareUnknown(string waybill) => $"单号 {waybill} 暂时不能分享：先发单号（加手机号后四位）查到它，或绑定手机号后再试。";

    public static string Shared(string waybill, string link, string until) =>
        $"把这个链接发给朋友，就能看 {waybill} 的进度（不含姓名、电话和详细地址）：\n{link}\n{until} 失效；签收一天后也会失效。回复“取消分享”可以随时收回。";

    public static string GoesOnWaiting(IReadOnlyList<string> waybills) => $"好的，我们继续盯着 {string.Join('、', waybills)}，有变化马上告诉您；情况明显变差时会再提醒一次。";

    public static string Welcome(string? about) =>
        "您好，欢迎关注！\n我能帮您查快递、寄快递、算运费、找网点、核对收寄方信息，状态有变化也会第一时间告诉您。" + (about is null ? "" : "\n\n" + about);

    /// <summary>The guidance: whole lines, as many as fit into a message together with what stands before them; the way to a person is always the last.</summary>
    public static string Guidance(IReadOnlyList<string> lines) => string.Join('\n', [GuidanceHead, .. lines.Take(GuidanceShows(lines)), GuidanceTail]);

    /// <summary>How many of the lines the guidance has room for.</summary>
    public static int GuidanceShows(IReadOnlyList<string> lines)
    {
        var room = MostGuidanceBytes - Encoding.UTF8.GetByteCount(GuidanceHead + GuidanceTail) - 1;
        return lines.TakeWhile(line => (room -= Encoding.UTF8.GetByteCount(line) + 1) >= 0).Count();
    }

    public static string CodeSent(Kernel.Phone phone) => $"验证码已发到 {phone}，5 分钟内把 6 位数字回复给我就完成绑定。";

    public static string NotSent(StartPhoneCheck.Outcome outcome) => outcome switch
    {
        StartPhoneCheck.Outcome.Sent => "",
        StartPhoneCheck.Outcome.TooOften => "验证码发得太频繁了：同一个号码一分钟只能发一次，一天最多十次。请稍后再试。",
        StartPhoneCheck.Outcome.SmsDown => "短信暂时发不出去，请过几分钟再试。",
    };

    public static string Checked(FinishPhoneCheck.Outcome outcome) => outcome switch
    {
        FinishPhoneCheck.Outcome.Verified => "手机号绑定成功！寄给您和您寄出的快递，状态有变化我会主动告诉您。回复“我的快递”可以随时查看。",
        FinishPhoneCheck.Outcome.WrongCode => "验证码不对，请核对短信后再发一次。",
        FinishPhoneCheck.Outcome.Expired => "验证码已过期，请重新发送“绑定手机”加手机号获取。",
        FinishPhoneCheck.Outcome.TooManyTries => "验证码错了太多次，这个码已作废。请重新发送“绑定手机”加手机号获取。",
    };

    public const string SyncNotNow = "现在不能这样做：请先刷新看看同步的状态。";

    public const string NotMerged = "现在不能合并：这个手机号的绑定刚刚有变化。需要帮忙请回复“人工”。";

    public static string SamePhone(OfferedMerge offered, TimeSpan until) =>
        $"这个手机号还绑定着另一个账号（{(offered.ByPhoneOnly ? "用手机号登录的" : "微信小程序或其他公众号的")}）。如果那也是您本人，{until.TotalMinutes:0} 分钟内回复“合并”，两边的快递和记录就会合在一起；如果是家人或别人的，回复“不是我”，就不再问了。";

    public const string MergeRefused = "好的，两个账号各用各的，不再问您了。";

    public static string Merged(int undoDays) => $"合并好了，两个账号的快递和记录现在都在这里。如果合并错了，{undoDays} 天内回复“人工”，我们可以帮您恢复。";

    public static string Parties(ParcelParties parties) =>
        $"运单 {parties.Waybill}（{parties.StatusText}）\n寄件人：{Party(parties.Sender)}\n收件人：{Party(parties.Recipient)}\n{PartiesFoot}";

    public static string MyParcels(MyParcelsPage page, DateTimeOffset now) => string.Join('\n', page.Parcels.Select(p => Line(p) + Soon(p, now)))
        + (page.Next is null ? "" : "\n更早的快递请到小程序里查看。") + "\n发运单号给我可以看完整物流。";

    public static string Place(NearbyPlace place) => place.Kind switch
    {
        PlaceKind.Outlet => $"【网点】{place.Name}（{Distance(place.DistanceMeters)}）\n{place.Address}\n{Hours(place)}{(place.Phone is { Length: > 0 } phone ? $"，电话 {phone}" : "")}",
        PlaceKind.Locker => $"【快递柜】{place.Name}（{Distance(place.DistanceMeters)}）\n{place.Address}\n{Hours(place)}{FreeCells(place)}",
    };

    public static string Outlets(OutletSearch search, DateTimeOffset now) => search switch
    {
        OutletSearch.Found found => $"{found.Where}的网点：\n{Listed(found.Outlets, now)}\n{NearerByPlace}",
        OutletSearch.Served { IsVillageKnown: true } served => $"{served.Where}在服务范围内，可以收寄和派送。负责的网点：\n{Listed(served.Outlets, now)}",
        OutletSearch.Served served => $"{served.Where}：这个村（社区）没有单独登记，它所在的地方有网点负责，能不能送到门口请打网点电话确认：\n{Listed(served.Outlets, now)}",
        OutletSearch.Beyond beyond => $"{beyond.Where}暂时不能派送到门，快件会存放在网点，请到网点自取：\n{Listed(beyond.Outlets, now)}",
        OutletSearch.NotServed { Around: { } around } none => $"{none.Where}目前没有我们的网点，不在我们的服务范围内。{around}的网点：\n{Listed(none.Outlets, now)}",
        OutletSearch.NotServed none => $"{none.Where}目前不在我们的服务范围内，附近也没有我们的网点。需要帮忙请回复“人工”。",
        OutletSearch.WhichOne { Candidates.Count: > MostCandidates } many => $"叫“{many.Said}”的地方有 {many.Candidates.Count} 个，请加上城市再问，例如：网点 {many.Candidates[0]}",
        OutletSearch.WhichOne which => $"叫“{which.Said}”的地方有 {which.Candidates.Count} 个，您问的是哪一个？\n{string.Join('\n', which.Candidates)}\n请把完整的名称发给我，例如：网点 {which.Candidates[0]}",
        OutletSearch.WhichArea { Village.Length: 0 } => "请把村（社区）的名称，连同所在的区县和街道（乡镇）发给我，例如：深圳市南山区西丽街道麻磡村能派送吗",
        OutletSearch.WhichArea area => $"请加上“{area.Village}”所在的区县和街道（乡镇），例如：深圳市南山区西丽街道{area.Village}能派送吗",
        _ => throw new ArgumentOutOfRangeException(nameof(search)),
    };

    public static string Lockers(string where, IReadOnlyList<NamedPlace> lockers) =>
        $"{where}的快递柜：\n{string.Join('\n', lockers.Take(MostOutlets).Select(l => $"【快递柜】{l.Name}\n{l.Address}"))}{(lockers.Count > MostOutlets ? "\n……还有更多" : "")}\n{NearerByPlace}";

    public static string NoLockers(string where) => $"{where}目前没有我们的快递柜。{NearerByPlace}";

    public const string WhichOutlet = "您问的是哪里的网点？请把城市和区县发给我，例如：网点 深圳市南山区，我会列出各网点能办什么。把位置发给我，可以按距离找最近的。";

    public static string WhetherWeGo(string place) => $"能不能寄到{place}、要多少钱，我按路线给您查。";

    public static string UnknownRegion(string code) => $"没有找到行政区划代码 {code} 对应的地方。请把地名发给我，例如：网点 深圳市南山区，或 深圳市南山区能派送吗。";

    private const int MostOutlets = 4, MostCandidates = 8;
    private const string NearerByPlace = "把位置发给我，可以按距离找最近的。";

    private static string Listed(IReadOnlyList<Outlet> outlets, DateTimeOffset now) =>
        string.Join('\n', outlets.Take(MostOutlets).Select(o => OutletLines(o, now))) + (outlets.Count > MostOutlets ? $"\n……共 {outlets.Count} 家，请加上区县或街道缩小范围。" : "");

    private static string OutletLines(Outlet outlet, DateTimeOffset now) =>
        $"【网点】{outlet.Name}\n{outlet.Address}\n营业时间 {outlet.Hours}（{Opened(outlet.IsOpen(now), outlet.IsClosed)}）{(outlet.Phone.Length > 0 ? $"，电话 {outlet.Phone}" : "")}{ServicesOf(outlet.Services)}";

    private static string ServicesOf(string services)
    {
        var words = services.Split('|').Select(s => s switch { "send" => "寄件", "pickup" => "上门取件", "cod" => "代收货款", "large" => "大件", _ => "" }).Where(w => w.Length > 0).ToList();
        return words.Count == 0 ? "" : "\n可办理：" + string.Join('、', words);
    }

    private static string Party(MaskedParty party) => $"{party.Name} {party.Phone} {party.Address}";

    private static string Line(MyParcel parcel) => parcel.Role switch
    {
        PartyRole.Sender => $"寄出 {parcel.Waybill}　{parcel.StatusText}　到{parcel.ToCity}",
        PartyRole.Recipient => $"收件 {parcel.Waybill}　{parcel.StatusText}　从{parcel.FromCity}来",
        null => $"关注 {parcel.Waybill}　{parcel.StatusText}",
    };

    private static string Soon(MyParcel parcel, DateTimeOffset now) =>
        (parcel.Eta is { } eta ? $"　{OutlookWords.Short(eta, now)}" : "") + (parcel.Trouble is { } trouble ? $"　{OutlookWords.Short(trouble, now)}" : "");

    private static string Hours(NearbyPlace place) => $"营业时间 {place.Hours}（{Opened(place.OpenNow, place.IsClosed)}）";

    private static string Opened(bool now, bool isClosed) => isClosed ? "暂停营业" : now ? "营业中" : "现在休息";

    private static string FreeCells(NearbyPlace place) => place is { FreeSmall: { } s, FreeMedium: { } m, FreeLarge: { } l }
        ? string.Create(CultureInfo.InvariantCulture, $"，空格口：小 {s}、中 {m}、大 {l}")
        : "";

    private static string Distance(int meters) => meters < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{meters} 米")
        : string.Create(CultureInfo.InvariantCulture, $"{meters / 1000.0:0.0} 公里");

    public const string QuietHow = "请写明免打扰从几点到几点，例如：免打扰 22:00-8:00。不想再免打扰请回复“关闭免打扰”，什么通知都不想收请回复“退订”；看现在的设置请回复“通知设置”。";

    public const string QuietNotAllDay = "免打扰不能是一整天，那样通知就永远发不出来了。请写一段时间，例如：免打扰 22:00-8:00；什么通知都不想收，请回复“退订”，随时可以回复“恢复通知”再打开。";

    public const string SwitchHow = "不想收通知，回复“退订”就行；只关一种也可以，例如：退订物流通知、退订公告通知、关闭短信。想再收到，回复“恢复通知”。只是夜里不想被打扰，例如：免打扰 22:00-8:00。看现在的设置请回复“通知设置”。";

    public const string QuietOff = "好的，已关闭免打扰，有进展会随时告诉您。";

    public const string QuietOfHouse = "好的，已改回默认的免打扰时段。";

    public static string QuietSet(string hours) => $"好的，每天 {hours} 不打扰您，这段时间的进展等结束后合并发送；取件码等急事除外。";

    /// <summary>Short messages were switched; <paramref name="isAnyWanted"/>: does anything come at all?</summary>
    public static string SmsSwitched(bool isOn, bool isAnyWanted) =>
        !isOn ? "好的，以后不再给您发通知短信。想恢复请回复“恢复短信”。"
        : isAnyWanted ? "好的，微信联系不上您时，会用短信告诉您取件码等重要信息。"
        : "好的，短信已允许。不过您退订了全部通知，现在还是什么都不会发；想收到请再回复“恢复通知”。";

    public static string KindsSwitched(bool isOn, IReadOnlyList<NotificationKind> kinds)
    {
        var names = kinds.Count == NotificationPreferences.Switchable.Count ? "快件通知" : string.Join('、', kinds.Select(NameOf));
        return isOn
            ? $"好的，已恢复{names}。"
            : $"好的，已退订{names}，不再主动打扰您。您发来的问题、人工客服的回复，以及法律要求告知的事项，仍会在这里答复。想恢复请回复“恢复通知”。";
    }

    /// <summary>What was done, and how it stands now.</summary>
    public static string Wishes(string done, NotificationPreferences now, string quiet)
    {
        var lines = new List<string>();
        if (done.Length > 0) lines.Add(done);
        lines.Add("当前设置：" + string.Join("，", NotificationPreferences.Switchable.Select(k => $"{NameOf(k)}{(now.Wants(k) ? "开" : "关")}")
            .Append(Sms(now)).Append(quiet.Length == 0 ? "免打扰未设置" : $"免打扰 {quiet}")) + "。");
        if (done.Length == 0) lines.Add("可以回复：退订通知、恢复通知、退订物流通知、免打扰 22:00-8:00、关闭短信。");
        return string.Join('\n', lines);
    }

    // A short message only carries what is wanted at all.
    private static string Sms(NotificationPreferences now) =>
        !now.IsSmsAllowed ? "短信关" : NotificationPreferences.Switchable.Any(now.Wants) ? "短信开" : "短信也不发";

    private static string NameOf(NotificationKind kind) => kind switch
    {
        NotificationKind.ParcelStatus => "物流通知",
        NotificationKind.ParcelWarning => "延误预警",
        NotificationKind.Incident => "公告通知",
        NotificationKind.LateAnswer or NotificationKind.AgentReply or NotificationKind.System => "服务消息",
    };
}
