package dev.datastudio.rag.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageDetectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | The committee decided that the budget for the next year would not be raised by more than it was.",
                "de | Die Sitzung wurde vertagt, weil nicht alle Mitglieder des Ausschusses anwesend waren und es spät war.",
                "fr | Le conseil a décidé que les travaux ne seraient pas commencés avant la fin de l'année dans cette ville.",
                "es | El comité decidió que los trabajos no comenzarían antes del final del año en esta ciudad por su coste.",
                "it | Il comitato ha deciso che i lavori non sarebbero iniziati prima della fine dell'anno nella città.",
                "pt | O comitê decidiu que as obras não começariam antes do fim do ano nesta cidade, mas também não depois.",
                "nl | De raad heeft besloten dat het werk niet voor het einde van het jaar zou beginnen in deze stad.",
                "sv | Kommittén beslutade att arbetet inte skulle börja före slutet av året i den här staden, och det var bra.",
                "pl | Komisja zdecydowała, że prace nie rozpoczną się przed końcem roku w tym mieście, ale jest to możliwe.",
                "tr | Komite bu yıl için çalışmaların başlamamasına karar verdi, ama daha sonra her şey çok değişti ve bitti.",
                "ru | Комитет решил, что работы не начнутся до конца года в этом городе, но это было не всем известно.",
                "uk | Комітет вирішив, що роботи не почнуться до кінця року в цьому місті, але це їх не зупинило.",
                "bg | Комитетът реши, че работата няма да започне преди края на годината в този град, но това не е всичко.",
                "el | Η επιτροπή αποφάσισε ότι οι εργασίες δεν θα αρχίσουν πριν από το τέλος του έτους.",
                "ar | قررت اللجنة أن العمل لن يبدأ قبل نهاية العام في هذه المدينة التي كانت من أكبر المدن على البحر",
                "ja | 委員会は、この町では年末まで工事を始めないことに決めた。",
                "zh | 委员会决定，这座城市的工程在年底之前不会开始。",
                "ko | 위원회는 올해 말까지 이 도시에서 공사를 시작하지 않기로 결정했다.",
                "th | คณะกรรมการตัดสินใจว่างานจะไม่เริ่มก่อนสิ้นปี",
                "und | 12 34 56",
                "und | Lorem ipsum dolor sit amet consectetuer adipiscing elit vestibulum placerat felis",
                "und | xyzzy plugh foo bar qux"
            })
    void tellsTheLanguageOfASentence(String language, String text) {
        assertEquals(language, LanguageDetector.detect(text));
    }
}
