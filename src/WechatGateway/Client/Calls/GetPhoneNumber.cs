using System.Text;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>wxa/business/getuserphonenumber: the phone number that a customer chose to tell. A code works once and for five minutes; each answer is billed.</summary>
/// <param name="Code">The code of the button.</param>
public sealed record GetPhoneNumber(string Code) : WechatCall<WechatPhone>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxa/business/getuserphonenumber");

    internal override HttpContent Content(WechatAccount account) => Json(new PhoneCodeBody(Code), WechatJson.Relaxed.PhoneCodeBody);

    internal override WechatPhone Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.PhoneAnswer).PhoneInfo;
}

/// <summary>Body of getuserphonenumber.</summary>
internal sealed record PhoneCodeBody(string Code);

/// <summary>The answer of getuserphonenumber.</summary>
internal sealed record PhoneAnswer(WechatPhone PhoneInfo);

/// <summary>A phone number that WeChat verified. Its text form does not show it.</summary>
/// <param name="PhoneNumber">With the country code when it is not Chinese.</param>
/// <param name="PurePhoneNumber">Without the country code.</param>
/// <param name="CountryCode">Country code, such as 86.</param>
/// <param name="Watermark">For which mini-program and when; null when WeChat left it out.</param>
public sealed record WechatPhone(
    [property: JsonPropertyName("phoneNumber")] string PhoneNumber,
    [property: JsonPropertyName("purePhoneNumber")] string PurePhoneNumber,
    [property: JsonPropertyName("countryCode")] string CountryCode,
    [property: JsonPropertyName("watermark")] WechatWatermark? Watermark = null)
{
    private bool PrintMembers(StringBuilder text) => text.Append("CountryCode = ").Append(CountryCode).Length > 0;
}

/// <summary>What WeChat puts on data of a mini-program.</summary>
/// <param name="AppId">The mini-program.</param>
/// <param name="Timestamp">Unix seconds.</param>
public sealed record WechatWatermark([property: JsonPropertyName("appid")] string AppId, long Timestamp);
