using Courier.Wechat.Client.Callbacks;

namespace Courier.Wechat.Client.Tests.Callbacks;

public class ReadingEvents
{
    [Theory]
    [InlineData("subscribe", typeof(SubscribeEvent))]
    [InlineData("unsubscribe", typeof(UnsubscribeEvent))]
    [InlineData("SCAN", typeof(ScanEvent))]
    [InlineData("LOCATION", typeof(LocationReportEvent))]
    [InlineData("user_enter_tempsession", typeof(EnterServiceWindowEvent))]
    [InlineData("CLICK", typeof(MenuClickEvent))]
    [InlineData("VIEW", typeof(MenuViewEvent))]
    [InlineData("view_miniprogram", typeof(MenuMiniProgramEvent))]
    [InlineData("scancode_push", typeof(ScanCodePushEvent))]
    [InlineData("scancode_waitmsg", typeof(ScanCodeWaitEvent))]
    [InlineData("pic_sysphoto", typeof(PicturesSentEvent))]
    [InlineData("pic_photo_or_album", typeof(PicturesSentEvent))]
    [InlineData("pic_weixin", typeof(PicturesSentEvent))]
    [InlineData("location_select", typeof(LocationSelectEvent))]
    [InlineData("TEMPLATESENDJOBFINISH", typeof(TemplateSendFinished))]
    [InlineData("MASSSENDJOBFINISH", typeof(MassSendFinished))]
    [InlineData("PUBLISHJOBFINISH", typeof(PublishFinished))]
    [InlineData("FREEPUBLISHJOBFINISH", typeof(PublishFinished))]
    [InlineData("subscribe_msg_popup_event", typeof(SubscriptionAsked))]
    [InlineData("subscribe_msg_change_event", typeof(SubscriptionChanged))]
    [InlineData("subscribe_msg_sent_event", typeof(SubscriptionSent))]
    [InlineData("kf_create_session", typeof(AgentSessionOpened))]
    [InlineData("kf_close_session", typeof(AgentSessionClosed))]
    [InlineData("kf_switch_session", typeof(AgentSessionSwitched))]
    [InlineData("user_authorization_revoke", typeof(AuthorizationRevoked))]
    [InlineData("user_info_modified", typeof(UserInfoModified))]
    [InlineData("user_authorization_cancellation", typeof(AuthorizationCancelled))]
    [InlineData("wxa_media_check", typeof(MediaChecked))]
    [InlineData("qualification_verify_success", typeof(AccountVerification))]
    [InlineData("qualification_verify_fail", typeof(AccountVerification))]
    [InlineData("naming_verify_success", typeof(AccountVerification))]
    [InlineData("naming_verify_fail", typeof(AccountVerification))]
    [InlineData("annual_renew", typeof(AccountVerification))]
    [InlineData("verify_expired", typeof(AccountVerification))]
    [InlineData("add_express_path", typeof(ExpressPathAdded))]
    [InlineData("trade_manage_remind_access_api", typeof(TradeAccessReminder))]
    [InlineData("trade_manage_remind_shipping", typeof(TradeShippingReminder))]
    [InlineData("trade_manage_order_settlement", typeof(TradeOrderSettlement))]
    [InlineData("add_single_waybill", typeof(CourierQuestion))]
    [InlineData("waybill_notify_query", typeof(CourierQuestion))]
    [InlineData("ShowPic", typeof(UnknownEvent))]
    [InlineData("", typeof(UnknownEvent))]
    public void Every_event_has_its_record_whatever_its_case_and_however_bare(string name, Type type)
    {
        foreach (var variant in new[] { name, name.ToUpperInvariant(), name.ToLowerInvariant() })
        {
            var read = ReadingMessages.Read($"<xml><MsgType>event</MsgType><Event>{variant}</Event></xml>");
            read.ShouldBeOfType(type);
            ((InboundEvent)read).EventName.ShouldBe(variant);
        }
    }

    [Fact]
    public void Following_by_a_QR_code_brings_its_scene()
    {
        var follow = Event<SubscribeEvent>("subscribe", "<EventKey>qrscene_outlet:1001</EventKey><Ticket>T1</Ticket>");
        (follow.Scene, follow.Ticket).ShouldBe(("outlet:1001", "T1"));
    }

    [Theory]
    [InlineData("<EventKey></EventKey>")]
    [InlineData("<EventKey/>")]
    [InlineData("<EventKey>qrscene_</EventKey>")]
    [InlineData("<EventKey>last_trade_no_1</EventKey>")]
    [InlineData("")]
    public void Following_otherwise_has_no_scene(string key) => Event<SubscribeEvent>("subscribe", key).Scene.ShouldBeNull();

    [Fact]
    public void A_scan_a_click_and_a_visit_have_their_keys()
    {
        var scan = Event<ScanEvent>("scan", "<EventKey>1001</EventKey><Ticket>T1</Ticket>");
        (scan.Scene, scan.Ticket).ShouldBe(("1001", "T1"));
        Event<MenuClickEvent>("CLICK", "<EventKey>MY_PARCELS</EventKey>").EventKey.ShouldBe("MY_PARCELS");
        var view = Event<MenuViewEvent>("VIEW", "<EventKey>https://h5.example/a?b=1&amp;c=2</EventKey><MenuId>42</MenuId>");
        (view.Url, view.MenuId).ShouldBe(("https://h5.example/a?b=1&c=2", "42"));
        Event<MenuMiniProgramEvent>("view_miniprogram", "<EventKey>pages/index</EventKey>").PagePath.ShouldBe("pages/index");
    }

    [Theory]
    [InlineData("CODE_128,SF1234567890123", "SF1234567890123")]
    [InlineData("EAN_13,6901234567892", "6901234567892")]
    [InlineData("SF1234567890123", "SF1234567890123")]
    [InlineData("https://h5.example/q?a=1,2", "https://h5.example/q?a=1,2")]
    [InlineData("收件人,张三", "收件人,张三")]
    [InlineData(",1", ",1")]
    public void A_scanned_bar_code_loses_only_its_symbology(string result, string content)
    {
        var elements = $"<EventKey>SCAN</EventKey><ScanCodeInfo><ScanType>barcode</ScanType><ScanResult><![CDATA[{result}]]></ScanResult></ScanCodeInfo>";
        Event<ScanCodeWaitEvent>("scancode_waitmsg", elements).Code.ShouldBe(new ScannedCode("barcode", result));
        Event<ScanCodePushEvent>("scancode_push", elements).Code.Content.ShouldBe(content);
    }

    [Fact]
    public void Pictures_from_the_menu_are_listed_by_their_sums()
    {
        var pictures = Event<PicturesSentEvent>("pic_weixin", "<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a1</PicMd5Sum></item><item><PicMd5Sum>b2</PicMd5Sum></item></PicList></SendPicsInfo>");
        (pictures.Source, pictures.Count).ShouldBe((PictureSource.WechatAlbum, 2));
        pictures.Md5Sums.ShouldBe(["a1", "b2"]);
    }

    [Fact]
    public void A_place_comes_from_the_menu_or_by_itself()
    {
        var chosen = Event<LocationSelectEvent>("location_select", "<SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y><Scale>15</Scale><Label>天河路</Label><Poiname>体育中心</Poiname></SendLocationInfo>");
        (chosen.Point, chosen.Scale, chosen.Label, chosen.PlaceName).ShouldBe((new GeoPoint(23, 113), 15, "天河路", "体育中心"));
        var reported = Event<LocationReportEvent>("LOCATION", "<Latitude>23.1</Latitude><Longitude>113.2</Longitude><Precision>30.000000</Precision>");
        (reported.Point, reported.Precision).ShouldBe((new GeoPoint(23.1, 113.2), 30));
    }

    [Theory]
    [InlineData("success", TemplateSendStatus.Success)]
    [InlineData("failed:user block", TemplateSendStatus.UserBlocked)]
    [InlineData("failed: user block", TemplateSendStatus.UserBlocked)]
    [InlineData("failed:system failed", TemplateSendStatus.SystemFailed)]
    [InlineData("failed: system failed", TemplateSendStatus.SystemFailed)]
    [InlineData("melted", TemplateSendStatus.Unknown)]
    public void The_end_of_a_template_message_is_understood(string text, TemplateSendStatus status)
    {
        var finished = Event<TemplateSendFinished>("TEMPLATESENDJOBFINISH", $"<MsgID>3000000000000000001</MsgID><Status>{text}</Status>");
        (finished.MessageId, finished.Status, finished.StatusText).ShouldBe((3000000000000000001, status, text));
    }

    [Fact]
    public void The_end_of_a_mass_message_and_an_article_is_understood()
    {
        var mass = Event<MassSendFinished>("MASSSENDJOBFINISH", "<MsgID>1</MsgID><Status>err(30003)</Status><TotalCount>10</TotalCount><FilterCount>8</FilterCount><SentCount>7</SentCount><ErrorCount>1</ErrorCount><CopyrightCheckResult><Count>2</Count></CopyrightCheckResult>");
        (mass.TotalCount, mass.FilterCount, mass.SentCount, mass.ErrorCount, mass.CopyrightCheck.Number("Count")).ShouldBe((10, 8, 7, 1, 2));
        var article = Event<PublishFinished>("FREEPUBLISHJOBFINISH", "<PublishEventInfo><publish_id>77</publish_id><publish_status>0</publish_status><article_id> A1 </article_id></PublishEventInfo>");
        (article.PublishId, article.Status, article.ArticleId).ShouldBe(("77", 0, "A1"));
    }

    [Theory]
    [InlineData("<SubscribeMsgPopupEvent><List><TemplateId>T1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>2</PopupScene></List><List><TemplateId>T2</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgPopupEvent>", 2)]
    [InlineData("<SubscribeMsgPopupEvent><List><TemplateId>T1</TemplateId><SubscribeStatusString>Accept</SubscribeStatusString><PopupScene>2</PopupScene></List></SubscribeMsgPopupEvent>", 1)]
    public void Consents_are_one_or_many(string elements, int count)
    {
        var choices = Event<SubscriptionAsked>("subscribe_msg_popup_event", elements).Choices;
        choices.Count.ShouldBe(count);
        choices[0].ShouldBe(new SubscriptionChoice("T1", true, "2"));
    }

    [Theory]
    [InlineData("""[{"TemplateId":"T1","SubscribeStatusString":"accept","PopupScene":"2"},{"TemplateId":"T2","SubscribeStatusString":"reject"}]""", 2)]
    [InlineData("""{"TemplateId":"T1","SubscribeStatusString":"accept","PopupScene":2}""", 1)]
    public void Consents_in_JSON_are_an_array_or_one_object(string list, int count)
    {
        var read = ReadingMessages.Read($$"""{"MsgType":"event","Event":"subscribe_msg_popup_event","List":{{list}}}""");
        var choices = read.ShouldBeOfType<SubscriptionAsked>().Choices;
        choices.Count.ShouldBe(count);
        choices[0].ShouldBe(new SubscriptionChoice("T1", true, "2"));
    }

    [Fact]
    public void Switched_off_and_delivered_subscriptions_are_understood()
    {
        Event<SubscriptionChanged>("subscribe_msg_change_event", "<SubscribeMsgChangeEvent><List><TemplateId>T</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>")
            .Choices.ShouldHaveSingleItem().Accepted.ShouldBeFalse();
        Event<SubscriptionSent>("subscribe_msg_sent_event", "<SubscribeMsgSentEvent><List><TemplateId>T</TemplateId><MsgID>1864323726461255680</MsgID><ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent>")
            .Deliveries.ShouldHaveSingleItem().ShouldBe(new SubscriptionDelivery("T", 1864323726461255680, 0, "success"));
    }

    [Fact]
    public void Agents_are_named()
    {
        Event<AgentSessionOpened>("kf_create_session", "<KfAccount>a@x</KfAccount>").KfAccount.ShouldBe("a@x");
        Event<AgentSessionClosed>("kf_close_session", "<KfAccount>a@x</KfAccount><CloseType>KF</CloseType>").CloseType.ShouldBe("KF");
        var moved = Event<AgentSessionSwitched>("kf_switch_session", "<FromKfAccount>a@x</FromKfAccount><ToKfAccount>b@x</ToKfAccount>");
        (moved.FromKfAccount, moved.ToKfAccount).ShouldBe(("a@x", "b@x"));
    }

    [Theory]
    [InlineData("OpenID", "AppID")]
    [InlineData("openid", "appid")]
    public void A_revoked_permission_names_person_and_permissions(string openId, string appId)
    {
        var revoked = Event<AuthorizationRevoked>("user_authorization_revoke", $"<{openId}>o9</{openId}><{appId}>wx9</{appId}><RevokeInfo>201,301</RevokeInfo><PluginID>p</PluginID>");
        (revoked.PersonOpenId, revoked.AppId, revoked.PluginId).ShouldBe(("o9", "wx9", "p"));
        revoked.Permissions.ShouldBe(["201", "301"]);
    }

    [Fact]
    public void A_media_check_brings_its_verdict()
    {
        var check = Event<MediaChecked>("wxa_media_check", "<appid>wx1</appid><trace_id>t-1</trace_id><detail><strategy>a</strategy></detail><detail><strategy>b</strategy></detail><result><suggest>risky</suggest><label>20002</label></result>");
        (check.TraceId, check.AppId, check.Suggestion, check.Label, check.Details.Count).ShouldBe(("t-1", "wx1", "risky", 20002, 2));
        (check.Verdict, check.ErrorCode).ShouldBe((ContentVerdict.Risky, 0));
    }

    [Fact]
    public void A_media_check_that_was_not_made_is_no_pass()
    {
        var failed = Event<MediaChecked>("wxa_media_check", "<trace_id>t-1</trace_id><errcode>-1008</errcode><errmsg>media download failed</errmsg><result><suggest>pass</suggest></result>");
        (failed.Verdict, failed.ErrorCode).ShouldBe((ContentVerdict.Unknown, -1008));
        Event<MediaChecked>("wxa_media_check", "<trace_id>t-1</trace_id><errcode>0</errcode><result><suggest>pass</suggest><label>100</label></result>").Verdict.ShouldBe(ContentVerdict.Pass);
    }

    [Fact]
    public void News_about_the_account_has_times_and_reasons()
    {
        var failed = Event<AccountVerification>("naming_verify_fail", "<FailTime>1767225600</FailTime><FailReason>by time</FailReason>");
        (failed.Step, failed.FailedAt, failed.FailReason).ShouldBe((VerificationStep.NamingFailed, DateTimeOffset.FromUnixTimeSeconds(1767225600), "by time"));
        Event<AccountVerification>("verify_expired", "<ExpiredTime>1767225600</ExpiredTime>").ExpiresAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1767225600));
    }

    [Fact]
    public void A_track_repeats_its_steps()
    {
        var path = Event<ExpressPathAdded>("add_express_path", "<DeliveryID>SF</DeliveryID><WayBillId>W1</WayBillId><OrderId>O1</OrderId><Version>3</Version><Actions><ActionTime>1767225600</ActionTime><ActionType>100001</ActionType><ActionMsg>已揽收</ActionMsg></Actions><Actions><ActionType>200001</ActionType><ActionMsg>运输中</ActionMsg></Actions>");
        (path.DeliveryId, path.WaybillId, path.OrderId, path.Version).ShouldBe(("SF", "W1", "O1", 3));
        path.Actions.ShouldBe([new ExpressAction(DateTimeOffset.FromUnixTimeSeconds(1767225600), 100001, "已揽收"), new ExpressAction(null, 200001, "运输中")]);
    }

    [Fact]
    public void Trade_events_have_their_order()
    {
        Event<TradeAccessReminder>("trade_manage_remind_access_api", "<msg>请接入</msg>").Message.ShouldBe("请接入");
        var ship = Event<TradeShippingReminder>("trade_manage_remind_shipping", "<transaction_id>42</transaction_id><merchant_id>m</merchant_id><merchant_trade_no>no</merchant_trade_no><pay_time>1767225600</pay_time><msg>请发货</msg>");
        (ship.TransactionId, ship.MerchantId, ship.SubMerchantId, ship.MerchantTradeNo, ship.PaidAt, ship.Message).ShouldBe(("42", "m", null, "no", DateTimeOffset.FromUnixTimeSeconds(1767225600), "请发货"));
        var settled = Event<TradeOrderSettlement>("trade_manage_order_settlement", "<shipped_time>1767225600</shipped_time><confirm_receive_method>2</confirm_receive_method>");
        (settled.ShippedAt, settled.ConfirmMethod, settled.SettledAt).ShouldBe((DateTimeOffset.FromUnixTimeSeconds(1767225600), 2, null));
    }

    [Fact]
    public void A_question_to_the_courier_keeps_its_parts()
    {
        var question = Event<CourierQuestion>("ADD_SINGLE_WAYBILL", "<Token>t</Token><WXAppId>wx</WXAppId><OrderID>o</OrderID><Sender><Name>张三</Name></Sender>");
        (question.Question, question.OrderToken, question.AppId, question.OrderId, question.WaybillId).ShouldBe((CourierQuestionKind.AddSingleWaybill, "t", "wx", "o", null));
        question.Fields.Group("Sender").Text("Name").ShouldBe("张三");
    }

    private static T Event<T>(string name, string elements) => ReadingMessages.Read(
        $"<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1767225600</CreateTime><MsgType>event</MsgType><Event>{name}</Event>{elements}</xml>")
        .ShouldBeOfType<T>()!;
}
