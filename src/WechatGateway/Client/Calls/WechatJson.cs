using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>
/// JSON of the calls: snake_case, nothing for null, numbers also as text, and no escaping of Chinese or of &lt;, &gt; and &amp;,
/// because WeChat has shown such escapes to customers.
/// </summary>
[JsonSerializable(typeof(StableTokenBody))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(JsApiTicket))]
[JsonSerializable(typeof(MenuBody))]
[JsonSerializable(typeof(AccountMenu))]
[JsonSerializable(typeof(ConditionalMenuBody))]
[JsonSerializable(typeof(ConditionalMenuAdded))]
[JsonSerializable(typeof(MenuIdBody))]
[JsonSerializable(typeof(TryMenuBody))]
[JsonSerializable(typeof(TypingBody))]
[JsonSerializable(typeof(SendTemplate))]
[JsonSerializable(typeof(TemplateSent))]
[JsonSerializable(typeof(SendAccountSubscription))]
[JsonSerializable(typeof(SendMiniProgramSubscription))]
[JsonSerializable(typeof(SubscriptionTaken))]
[JsonSerializable(typeof(WechatUser))]
[JsonSerializable(typeof(UserListBody))]
[JsonSerializable(typeof(UserInfoList))]
[JsonSerializable(typeof(FollowerPageAnswer))]
[JsonSerializable(typeof(RemarkBody))]
[JsonSerializable(typeof(TagBody))]
[JsonSerializable(typeof(CreatedTag))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(TaggingBody))]
[JsonSerializable(typeof(OpenIdBody))]
[JsonSerializable(typeof(TagIds))]
[JsonSerializable(typeof(TagPageBody))]
[JsonSerializable(typeof(QrCodeBody))]
[JsonSerializable(typeof(QrCodeTicket))]
[JsonSerializable(typeof(UploadedMedia))]
[JsonSerializable(typeof(MediaLink))]
[JsonSerializable(typeof(OAuthToken))]
[JsonSerializable(typeof(OAuthUser))]
[JsonSerializable(typeof(MiniProgramSession))]
[JsonSerializable(typeof(PhoneCodeBody))]
[JsonSerializable(typeof(PhoneAnswer))]
[JsonSerializable(typeof(CustomText))]
[JsonSerializable(typeof(CustomImage))]
[JsonSerializable(typeof(CustomVoice))]
[JsonSerializable(typeof(CustomVideo))]
[JsonSerializable(typeof(CustomMusic))]
[JsonSerializable(typeof(CustomNews))]
[JsonSerializable(typeof(CustomPublishedNews))]
[JsonSerializable(typeof(CustomArticle))]
[JsonSerializable(typeof(CustomMenu))]
[JsonSerializable(typeof(CustomCard))]
[JsonSerializable(typeof(CustomMiniProgram))]
[JsonSerializable(typeof(CustomLink))]
[JsonSerializable(typeof(IndustryBody))]
[JsonSerializable(typeof(AccountIndustries))]
[JsonSerializable(typeof(AddTemplateBody))]
[JsonSerializable(typeof(TemplateAdded))]
[JsonSerializable(typeof(PrivateTemplates))]
[JsonSerializable(typeof(DeleteTemplateBody))]
[JsonSerializable(typeof(SubscriptionCategories))]
[JsonSerializable(typeof(SubscriptionTitlePage))]
[JsonSerializable(typeof(SubscriptionKeywords))]
[JsonSerializable(typeof(AddSubscriptionBody))]
[JsonSerializable(typeof(SubscriptionTemplateAdded))]
[JsonSerializable(typeof(SubscriptionTemplates))]
[JsonSerializable(typeof(DeleteSubscriptionBody))]
[JsonSerializable(typeof(ShortenBody))]
[JsonSerializable(typeof(ShortKeyAnswer))]
[JsonSerializable(typeof(LongDataAnswer))]
[JsonSerializable(typeof(CodeBody))]
[JsonSerializable(typeof(SquareCodeBody))]
[JsonSerializable(typeof(UrlLinkBody))]
[JsonSerializable(typeof(UrlLinkAnswer))]
[JsonSerializable(typeof(SchemeAnswer))]
[JsonSerializable(typeof(TextCheckBody))]
[JsonSerializable(typeof(TextCheckAnswer))]
[JsonSerializable(typeof(MediaCheckBody))]
[JsonSerializable(typeof(MediaCheckStarted))]
[JsonSerializable(typeof(QuotaBody))]
[JsonSerializable(typeof(QuotaAnswer))]
[JsonSerializable(typeof(ClearQuotaBody))]
[JsonSerializable(typeof(RidBody))]
[JsonSerializable(typeof(RidAnswer))]
[JsonSerializable(typeof(KfAccountBody))]
[JsonSerializable(typeof(KfInvitationBody))]
[JsonSerializable(typeof(KfList))]
[JsonSerializable(typeof(OnlineKfList))]
[JsonSerializable(typeof(KfSessionBody))]
[JsonSerializable(typeof(KfSessionAnswer))]
[JsonSerializable(typeof(KfSessionList))]
[JsonSerializable(typeof(WaitingCustomers))]
[JsonSerializable(typeof(KfRecordBody))]
[JsonSerializable(typeof(KfMessagePage))]
internal sealed partial class WechatJson : JsonSerializerContext
{
    /// <summary>The one set of types and options that all calls use.</summary>
    public static WechatJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
